"""What one would write instead of the board: a task, or a view, for each event.

Each way is as its framework's introduction has it, and gets the same events, broker and database.
"""

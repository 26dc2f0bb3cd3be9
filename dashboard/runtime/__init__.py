"""The supervisor and what it runs: embedded Redis, web server, beat."""

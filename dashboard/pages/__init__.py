"""The pages, and the API that answers with figures."""

"""ACCEPT: events come in, are checked, and are durable before their sender is told so."""

"""The websocket: the newest frame to every screen; a slow one skips frames and delays nobody."""

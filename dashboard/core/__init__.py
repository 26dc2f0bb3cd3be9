"""The pure core: no Django, network, clock or log; `now` is always passed in."""

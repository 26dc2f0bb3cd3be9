"""The largest of many figures that change one at a time."""


class Peak:
    """Knows the best of its values, by number of the minute or second; of equals the earliest.

    Costs one comparison a change; only where the best itself falls are all looked through.
    """

    def __init__(self) -> None:
        self.at: int | None = None
        self.value = 0
        self._values: dict[int, int] = {}

    def put(self, at: int, value: int) -> None:
        """Take in the value at `at`, in place of the one before."""
        self._values[at] = value
        if at == self.at and value < self.value:
            self._look_again()
        else:
            self.offer(at, value)

    def offer(self, at: int, value: int) -> None:
        """Let a value count of which only this is known any more."""
        if value > self.value or (value == self.value and self.at is not None and at < self.at):
            self.at, self.value = at, value

    def forget(self, before: int) -> None:
        """Drop the values before `before`; the best stands, whenever it was."""
        self._values = {at: value for at, value in self._values.items() if at >= before}

    def _look_again(self) -> None:
        self.at, self.value = None, 0
        for at, value in self._values.items():
            self.offer(at, value)

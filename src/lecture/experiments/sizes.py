"""Settings as a reader wants them told: ``4,000``, ``1 to 32``, ``10, 30 and 100``."""

ONE_BY_ONE = 4  # the longest tuple whose numbers are all told


class Sizes:
    """What :meth:`str.format_map` fills a template with: an object's attributes in words."""

    def __init__(self, owner: object) -> None:
        self.owner = owner

    def __getitem__(self, name: str) -> str:
        return told(getattr(self.owner, name))


def told(value: object) -> str:
    """Return a setting in words.

    Numbers get commas at the thousands. A tuple is told one by one, or from first to last where it is long and sorted.
    """
    if isinstance(value, tuple):
        if len(value) > ONE_BY_ONE and list(value) == sorted(value):
            return f"{told(value[0])} to {told(value[-1])}"
        *some, last = map(told, value)
        return f"{', '.join(some)} and {last}" if some else last
    if isinstance(value, float):
        for unit, name in ((1e9, "billion"), (1e6, "million")):
            if value >= unit:
                return f"{value / unit:.3g} {name}"
        return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
    return f"{value:,}" if type(value) is int else str(value)


class Passes:
    """For experiments that train on minibatches of one set: how often they go through it.

    Attributes:
        examples: Training examples of each seed.
        batch: Examples a step.
        steps: Steps of each training run.
    """

    batch: int
    steps: int
    examples: int

    @property
    def passes(self) -> float:
        """Passes over the training examples."""
        return self.steps * self.batch / self.examples

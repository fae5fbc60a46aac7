"""What a trained network is worth, on what it has seen and on what it has not."""

from torch import Tensor, nn

from lecture.training.loop import evaluate


def scores(model: nn.Module, train: tuple[Tensor, Tensor], test: tuple[Tensor, Tensor]) -> dict[str, list[float]]:
    """Return loss (nats) and accuracy (a share) of each replica on both sets, as columns of a table.

    Args:
        model: Maps ``[R, B, ...]`` to ``[R, B, classes]``.
        train: Inputs ``[n, ...]`` and labels ``[n]`` shared by all replicas, or with a replica axis in front.
        test: The same for examples that the model has not seen.

    Returns:
        ``train_loss``, ``train_accuracy``, ``test_loss`` and ``test_accuracy``, R numbers each.
    """
    columns = {}
    for name, (x, y) in (("train", train), ("test", test)):
        loss, accuracy = evaluate(model, x, y)
        columns[f"{name}_loss"], columns[f"{name}_accuracy"] = loss.tolist(), accuracy.tolist()
    return columns

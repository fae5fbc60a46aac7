"""Learning from another network's probabilities instead of labels alone (Hinton, Vinyals and Dean 2015)."""

from collections.abc import Callable

from torch import Tensor

from lecture.training.loss import cross_entropy


def distillation(
    teacher: Tensor, labels: Tensor, temperature: float, soft: float
) -> Callable[[Tensor, Tensor], Tensor]:
    """Return a loss for batches whose labels are the places of the examples in the training set.

    It is (1 - soft) x the cross-entropy with the labels + soft x T^2 x the cross-entropy with the teacher's
    probabilities, both networks' logits divided by T: gradients of the second shrink with 1/T^2 (section 2). The
    teacher is given by its logits on the training set, ``[R, n, classes]``, with labels ``[R, n]``. A temperature T
    above 1 shows which wrong answers it finds less wrong.
    """
    wanted = (teacher / temperature).softmax(2)

    def loss(logits: Tensor, places: Tensor) -> Tensor:
        hard = cross_entropy(logits, labels.gather(1, places))
        told = wanted.gather(1, places[:, :, None].expand(-1, -1, wanted.shape[2]))
        gentle = -(told * (logits / temperature).log_softmax(2)).sum(2).mean(1)
        return (1 - soft) * hard + soft * temperature**2 * gentle

    return loss

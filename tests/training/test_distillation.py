import torch
from torch.nn import functional

from lecture.seeds import Seeds
from lecture.training.distillation import distillation
from lecture.training.loss import cross_entropy

STREAM = Seeds((0, 1), torch.device("cpu")).stream("logits")
TEACHER, LOGITS = STREAM.normal(9, 4), STREAM.normal(3, 4)
LABELS, PLACES = STREAM.integers(9, below=4), STREAM.integers(3, below=9)


def test_without_the_teacher_it_is_the_usual_loss():
    found = distillation(TEACHER, LABELS, 4.0, 0.0)(LOGITS, PLACES)
    torch.testing.assert_close(found, cross_entropy(LOGITS, LABELS.gather(1, PLACES)))


def test_the_teachers_part_is_torchs_cross_entropy_with_probabilities():
    found = distillation(TEACHER, LABELS, 3.0, 1.0)(LOGITS, PLACES)
    for r in range(2):
        wanted = functional.cross_entropy(LOGITS[r] / 3, (TEACHER[r, PLACES[r]] / 3).softmax(1))
        torch.testing.assert_close(found[r], 9 * wanted)


def test_at_high_temperature_the_gradient_is_that_of_matched_logits():
    """Equation 4 of the paper: for logits of mean 0 it tends to (student - teacher) / classes, once T^2 is put back."""
    student = (LOGITS - LOGITS.mean(2, keepdim=True)).double().requires_grad_()
    teacher = (TEACHER - TEACHER.mean(2, keepdim=True)).double()
    loss = distillation(teacher, LABELS, 1e3, 1.0)(student, PLACES)
    loss.sum().backward()
    told = torch.stack([teacher[r, PLACES[r]] for r in range(2)])
    torch.testing.assert_close(student.grad, (student.detach() - told) / 4 / 3, rtol=1e-2, atol=1e-4)

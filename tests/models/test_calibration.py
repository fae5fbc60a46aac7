import pytest
import torch
from scipy.optimize import minimize_scalar

from lecture.models.calibration import calibration_error, reliability, temperatures


def toy(sharpness, n=4000):
    generator = torch.Generator().manual_seed(0)
    honest = torch.randn(n, 5, generator=generator)
    labels = torch.multinomial(honest.softmax(1), 1, generator=generator)[:, 0]
    return sharpness * honest[None], labels


@pytest.mark.parametrize("sharpness", [0.3, 1.0, 4.0])
def test_the_temperature_is_the_one_a_search_finds(sharpness):
    logits, labels = toy(sharpness)

    def loss(log_temperature):
        scaled = logits[0].double() / torch.tensor(log_temperature).exp()
        return torch.nn.functional.cross_entropy(scaled, labels).item()

    found = minimize_scalar(loss, bounds=(-3, 3), method="bounded", options={"xatol": 1e-8})
    assert temperatures(logits, labels)[0].log().item() == pytest.approx(found.x, abs=1e-4)


def test_logits_that_are_too_large_by_a_factor_are_divided_by_it():
    logits, labels = toy(4.0)
    assert temperatures(logits, labels).item() == pytest.approx(4, rel=0.1)
    before = calibration_error(reliability(logits.log_softmax(2), labels))
    after = calibration_error(reliability((logits / 4).log_softmax(2), labels))
    assert before > 0.2
    assert after < 0.03


def test_one_classifier_alone_gets_the_temperature_it_gets_in_company():
    logits, labels = toy(2.0)
    three = torch.cat([logits, 0.5 * logits, 3 * logits])
    assert torch.equal(temperatures(three, labels)[1:2], temperatures(three[1:2], labels))


def test_the_error_by_hand():
    p = torch.tensor([[[0.9, 0.1], [0.8, 0.2], [0.4, 0.6], [1.0, 0.0]]]).log()
    labels = torch.tensor([0, 1, 1, 0])
    share, confidence, accuracy = reliability(p, labels, bins=2)[0]
    assert share.tolist() == [0, 1]
    assert confidence[1].item() == pytest.approx((0.9 + 0.8 + 0.6 + 1) / 4)
    assert accuracy[1].item() == pytest.approx(0.75)
    assert calibration_error(reliability(p, labels, bins=2)).item() == pytest.approx(0.825 - 0.75)
    apart = calibration_error(reliability(p, labels, bins=10)).item()  # 0.9 and 0.8 and 0.6 and 1 in bins of their own
    assert apart == pytest.approx((0.1 + 0.8 + 0.4 + 0) / 4)

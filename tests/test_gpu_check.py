import pandas as pd
import pytest

from lecture.experiments import foresight, registry
from tests import gpu_check


def test_on_the_processor_nothing_is_apart(capsys):
    assert gpu_check.main(["gradient_vanishing.sigmoid", "--device", "cpu"]) == 0
    out = capsys.readouterr().out
    assert "apart by 0.0e+00" in out
    assert "1 of 1 ran" in out


def test_what_fails_is_told_and_the_rest_goes_on(capsys, monkeypatch):
    (sigmoid,) = registry.select(["gradient_vanishing.sigmoid"])
    monkeypatch.setattr(sigmoid, "run", lambda self, device: 1 / 0)
    assert gpu_check.main(["gradient_vanishing.sigmoid", "gradient_vanishing.gradient_norm", "--device", "cpu"]) == 1
    assert "1 of 2 ran; failed: gradient_vanishing.sigmoid" in capsys.readouterr().out


def test_differences_are_in_units_of_the_spread():
    here = pd.DataFrame({"seed": [0, 1], "error": [0.0, 10.0], "seconds": [1.0, 2.0]})
    assert gpu_check.apart(here.assign(error=[1.0, 11.0], seconds=[9.0, 9.0]), here) == pytest.approx(0.1)
    with pytest.raises(ValueError, match="tables of"):
        gpu_check.apart(here.drop(columns="error"), here)


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.parametrize(
    "name",
    [
        "gradient_vanishing.cifar_race",
        "saturation.cifar_pipeline",
        "when_to_use.mnist_digits",
        "history.imagenet_alexnet",
    ],
)
def test_what_needs_real_images_runs_on_made_up_ones(capsys, name):
    assert gpu_check.main([name, "--quick", "--device", "cpu"]) == 0
    assert "apart by 0.0e+00" in capsys.readouterr().out


def test_the_speed_of_the_real_training_is_told(capsys, monkeypatch):
    monkeypatch.setattr(foresight, "_step", lambda model, recipe, device: (0.25, 1))
    assert gpu_check.main(["gradient_vanishing.cifar_race", "--device", "cpu"]) == 0
    assert "ReLU at 0.003" in (out := capsys.readouterr().out)
    assert "4.0 steps/s" in out

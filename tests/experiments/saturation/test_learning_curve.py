"""Classical methods and networks meet the same examples, in this chapter and in the one that compares them."""

import pytest

from lecture.experiments.saturation.learning_curve import LearningCurve
from lecture.experiments.saturation.scaling_classical import ScalingClassical, ScalingTrees
from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.experiments.saturation.translation_heavy import TranslationHeavy
from lecture.experiments.when_to_use.label_noise import LabelNoise
from lecture.experiments.when_to_use.signal_curves import SignalCurves

SAME = (ScalingClassical, ScalingTrees, ScalingDeep, SignalCurves)


@pytest.mark.parametrize("preset", ["smoke", "book", "full"])
def test_all_draw_the_same_examples_at_every_preset(preset):
    curves: list[LearningCurve] = [experiment.preset(preset) for experiment in SAME]
    assert len({(curve.seeds, curve.drawn, curve.test) for curve in curves}) == 1
    classical, trees, deep, ours = curves
    assert classical.tested == trees.tested
    assert set(ours.sizes) <= set(deep.sizes)
    for curve in (*curves, LabelNoise.preset(preset), TranslationHeavy.preset(preset)):
        assert max(curve.sizes) <= curve.drawn


def test_steps_grow_with_the_cube_root_of_the_examples():
    curve = ScalingDeep(sizes=(100, 800, 100_000), least_steps=180)
    assert curve.all_steps == (180, 360, 1800)

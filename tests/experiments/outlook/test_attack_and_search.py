"""The experiments on attacks and architectures: one seed alone, what they count, and what they must reproduce."""

import torch

from lecture.experiments.outlook.adversarial import LINEAR, ROBUST, STANDARD, Adversarial, withstood
from lecture.experiments.outlook.adversarial_image import AdversarialImage
from lecture.experiments.outlook.architecture import DEFAULT, SEARCHED, Architecture
from lecture.models.design import space

CPU = torch.device("cpu")


def test_every_model_meets_every_attack_and_pays_for_its_training():
    settings = Adversarial.preset("smoke")
    table = settings.run(CPU)
    once = settings.steps * settings.batch

    assert table.groupby("model")["gradients"].unique().map(list).to_dict() == {
        STANDARD: [once],
        ROBUST: [2 * once],
        LINEAR: [once],
    }
    assert set(table["attack"]) == {"none", "noise", "FGSM", "PGD", "thorough", "transfer", "exact"}
    assert table["accuracy"].between(0, 1).all()
    worst = (
        table[table["model"] == LINEAR]
        .pivot(index=["seed", "epsilon"], columns="attack", values="accuracy")
        .dropna(subset="PGD")
    )
    assert (worst["exact"] <= worst[["PGD", "FGSM", "noise"]].min(axis=1)).all()


def test_an_image_is_lost_if_one_attempt_succeeds():
    def model(x):
        return torch.stack([x, 1 - x], -1)

    y = torch.zeros(1, 4, dtype=torch.long)
    attempts = (torch.tensor([[0.9, 0.1, 0.9, 0.9]]), torch.tensor([[0.9, 0.9, 0.9, 0.1]]))

    assert withstood(model, attempts, y).tolist() == [0.5]


def test_the_picture_shows_changes_of_the_allowed_size():
    settings = AdversarialImage.preset("smoke")
    table = settings.run(CPU)
    images = table.pivot(index=["row", "column"], columns=["model", "picture"], values="value")

    assert images.shape == (28 * 28, 6)
    for model in (STANDARD, ROBUST):
        for name in ("noise", "attack"):
            change = (images[model, name] - images[model, "clean"]).abs()
            assert 0 < change.max() <= settings.epsilon + 1e-6
    assert table["label"].nunique() == 1


def test_the_table_holds_every_design_and_the_default():
    settings = Architecture.preset("smoke")
    table = settings.run(CPU)
    last = table[table["steps"] == settings.steps]

    assert (last[last["design"] == SEARCHED].groupby("seed").size() == len(space())).all()
    assert (last[last["design"] == DEFAULT].groupby("seed").size() == settings.starts).all()
    assert last["test"].notna().all()
    assert table.loc[table["steps"] < settings.steps, "test"].isna().all()

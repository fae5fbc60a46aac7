"""Every model meets every attack, and the counts are what they must be."""

import torch

from lecture.experiments.outlook.adversarial import LINEAR, ROBUST, STANDARD, Adversarial, withstood

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

import torch

from lecture.experiments.outlook.adversarial import ROBUST, STANDARD, AdversarialImage

CPU = torch.device("cpu")


def test_the_picture_shows_changes_of_the_allowed_size():
    settings = AdversarialImage.preset("smoke")
    table = settings.run(CPU)
    images = table.pivot(index=["row", "column"], columns=["model", "picture"], values="value")

    assert images.shape == (28 * 28, 6)
    for model in (STANDARD, ROBUST):
        for name in ("noise", "attack"):
            change = (images[model, name] - images[model, "clean"]).abs()
            assert 0 < change.max() <= settings.shown_at + 1e-6
    assert table["label"].nunique() == 1

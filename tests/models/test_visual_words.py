import numpy as np
import pytest
import torch
from scipy.spatial.distance import cdist

from lecture.models.visual_words import SOFT, Standardise, VisualWords, patches, quadrants, vocabulary

RANDOM = np.random.default_rng(0)


def images(*shape):
    return torch.from_numpy(RANDOM.random(shape).astype(np.float32))


def test_a_patch_is_what_is_under_the_window_without_its_mean():
    x = images(2, 3, 10, 10)
    found = patches(x, 4, 3)
    assert found.shape == (2, 3, 3, 3, 16)
    cut = x[1, 2, 3:7, 6:10].flatten()
    cut = cut - cut.mean()
    torch.testing.assert_close(found[1, 2, 1, 2], cut / (cut.norm() + SOFT))


def test_strength_is_the_triangle_of_coates_and_ng():
    x, words = images(1, 2, 10, 10), images(1, 5, 16) - 0.5
    found = VisualWords(words, stride=3).strength(x).detach()
    distance = cdist(patches(x, 4, 3).reshape(-1, 16).numpy(), words[0].numpy())
    wanted = np.maximum(distance.mean(1, keepdims=True) - distance, 0).reshape(1, 2, 3, 3, 5)
    np.testing.assert_allclose(found.numpy(), wanted, atol=1e-5)


def test_quadrants_say_where_a_word_is():
    plane = torch.zeros(1, 1, 4, 4, 2)
    plane[0, 0, 0, 3, 1] = 4.0  # the second word, above on the right
    assert quadrants(plane)[0, 0].tolist() == [0, 0, 0, 1, 0, 0, 0, 0]
    assert quadrants(torch.ones(1, 1, 5, 5, 2)).eq(1).all()


def test_the_gradient_reaches_the_words():
    words = VisualWords((images(2, 5, 16) - 0.5).double(), stride=3)
    x = images(2, 1, 10, 10).double()
    assert torch.autograd.gradcheck(lambda w: torch.func.functional_call(words, {"words": w}, (x,)), words.words)


def test_words_are_the_patches_there_are():
    x = torch.zeros(60, 12, 12)
    x[:30, :, ::2] = 1  # upright and level stripes, no other patches
    x[30:, ::2, :] = 1
    found = vocabulary(x, words=2, size=4, stride=2, seed=0)
    wanted = [patches(x[None, [i]], 4, 2)[0, 0, 0, 0].numpy() for i in (0, 30)]
    assert cdist(found.numpy(), wanted).min(0) == pytest.approx([0, 0], abs=1e-3)


def test_standardised_features_have_mean_zero_and_the_deviation_asked_for():
    x = images(2, 50, 3)
    found = Standardise(x, 10.0)(x)
    torch.testing.assert_close(found.mean(1), torch.zeros(2, 3), atol=1e-4, rtol=0)
    torch.testing.assert_close(found.std(1), torch.full((2, 3), 10.0))

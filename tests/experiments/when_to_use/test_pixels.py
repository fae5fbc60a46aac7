import torch
from torch import nn

from lecture.experiments.when_to_use.pixels import Pixels, both_orders, moved
from lecture.models.mlp import mlp
from lecture.seeds import Seeds

CPU = torch.device("cpu")


def test_moving_is_one_permutation_a_seed_of_the_same_images():
    x, y, x_test, y_test = both_orders(Seeds((0, 1), CPU), 30, 20)
    assert x.shape == (4, 30, 28, 28)
    assert torch.equal(y[:2], y[2:])
    assert torch.equal(y_test[:2], y_test[2:])
    places = [Seeds((seed,), CPU).stream("pixels").permutation(784)[0] for seed in range(2)]
    for images in (x, x_test):
        for seed, place in enumerate(places):
            assert torch.equal(images[seed + 2].flatten(1), images[seed].flatten(1)[:, place])
    assert not torch.equal(places[0], places[1])


def test_a_network_without_neighbours_undoes_the_permutation_by_moving_its_weights():
    seeds = Seeds((0, 1), CPU)
    model = mlp(seeds.stream("weights"), depth=1, width=5, activation=nn.ReLU, inputs=784)
    images = seeds.stream("images").uniform(3, 28, 28)
    place = seeds.stream("pixels").permutation(784)
    before = model(images.flatten(2))
    weight = model[0].weight
    weight.data = torch.gather(weight.data, 1, place[:, :, None].expand_as(weight))
    torch.testing.assert_close(model(moved(images, place).flatten(2)), before)


def test_distances_do_not_change():
    table = Pixels.preset("smoke").run(CPU)
    assert len(table) == 2 * 2 * 3
    machine = table[table["model"] == "SVM"].pivot(index="seed", columns="order", values="test_accuracy")
    assert (machine["ordered"] == machine["shuffled"]).all()

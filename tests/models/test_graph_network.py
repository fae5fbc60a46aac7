import torch

from lecture.models.graph_network import GraphNetwork, normalised
from lecture.seeds import Seeds

SEEDS = Seeds((0, 1), torch.device("cpu"))
PATH = torch.tensor([[0.0, 1, 0], [1, 0, 1], [0, 1, 0]]).expand(2, -1, -1)


def build(nodes=3):
    return GraphNetwork(SEEDS.stream("weights"), inputs=nodes, width=4, classes=2)


def test_the_table_of_a_path_worked_out_by_hand():
    a, b = 1 / 2, 6**-0.5  # degrees with oneself: 2, 3, 2
    torch.testing.assert_close(normalised(PATH)[0], torch.tensor([[a, b, 0], [b, 1 / 3, b], [0, b, a]]))


def test_a_graph_without_links_is_the_network_that_ignores_it():
    alone = normalised(torch.zeros(2, 3, 3))
    assert torch.equal(alone, torch.eye(3).expand(2, -1, -1))
    model = build()
    for r in range(2):
        torch.testing.assert_close(model(alone)[r], torch.relu(model.first[r]) @ model.second[r])


def test_the_output_is_the_papers_formula():
    model, table = build(), normalised(PATH)
    for r in range(2):
        expected = table[r] @ torch.relu(table[r] @ torch.eye(3) @ model.first[r]) @ model.second[r]
        torch.testing.assert_close(model(table)[r], expected)


def test_without_features_each_node_is_one_input():
    model, table = build(), normalised(PATH)
    everyone = torch.eye(3).expand(2, -1, -1)
    torch.testing.assert_close(model(table), model(table, everyone))


def test_asking_some_nodes_gives_their_rows():
    model, table = build(), normalised(PATH)
    asked = torch.tensor([[2, 0], [1, 2]])
    some, every = model(table, asked=asked), model(table)
    for r in range(2):
        torch.testing.assert_close(some[r], every[r, asked[r]])


def test_renaming_the_nodes_renames_the_outputs():
    order = torch.tensor([2, 0, 1])
    model, renamed = build(), build()
    renamed.first.data = model.first.data[:, order]
    outputs = renamed(normalised(PATH[:, order][:, :, order]))
    torch.testing.assert_close(outputs, model(normalised(PATH))[:, order])

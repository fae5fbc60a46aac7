import torch

from lecture.experiments.outlook.sequence_price import SequencePrice

CPU = torch.device("cpu")


def test_the_price_is_the_one_worked_out_by_hand():
    table = SequencePrice.preset("smoke", width=16, inner=32).run(CPU)
    counted = table.pivot(index="length", columns="network", values="multiplications")
    for n, row in counted.iterrows():
        assert row["RNN"] == n * (16 * 16 + 16 * 4)
        assert row["LSTM"] == n * (4 * 16 * 16 + 16 * 4)
        assert row["Transformer"] == n * (4 * 16 * 16 + 2 * 16 * 32 + 16 * 4) + 2 * 16 * n * n

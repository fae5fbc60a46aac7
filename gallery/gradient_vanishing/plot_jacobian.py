"""
Stretched and squeezed
======================

The singular values of the Jacobian from the first hidden layer to the last, sixteen layers on, before training. A gradient on
its way back is stretched or squeezed by exactly these factors (claim C11; Saxe et al. 2014, Pennington et al. 2017).
"""

# %%
# All at 1 would pass every gradient on unchanged. ReLU with He's start keeps the mean, but squeezes most directions to
# nothing; tanh with an orthogonal start comes nearest.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.gradient_vanishing.jacobian import Jacobian
from lecture.records import read

DEPTH = 16
colour = style.use()
table = read(Jacobian.preset()).query("depth == @DEPTH")
values = table.groupby(["activation", "init", "rank"])["value"].mean()

figure, panel = plt.subplots()
for (function, start), spectrum in values.groupby(["activation", "init"]):
    spectrum = spectrum.droplevel([0, 1])
    shown = spectrum[spectrum > 1e-16]
    style_of_line = "-" if start in ("orthogonal", "default", "He") else "--"
    panel.semilogy(shown.index, shown, color=colour[function.lower()], linestyle=style_of_line)
    style.name_line(panel, shown.index[-1], shown.iloc[-1], f"{function}, {start}", colour[function.lower()])
panel.axhline(1, color=colour["neutral"], linestyle=":", linewidth=1.4)
panel.set(xlabel="rank of the singular value", ylabel="singular value", xticks=[1, 8, 16, 24, 32], ylim=(1e-16, 30))

# %%
style.show(
    figure,
    alt=f"Singular values of the Jacobian over {DEPTH} layers, largest and median: "
    + "; ".join(f"{f}, {s}: {v.max():.1g} and {v.median():.1g}" for (f, s), v in values.groupby(["activation", "init"])) + ".",
    data=values.reset_index(),
)

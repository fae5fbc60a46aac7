"""
A change that fools a network
=============================

One handwritten digit, a change of it that fools a network, and the accuracy of three classifiers against the size of
such changes. Claim C28: adversarial attacks.
"""

# %%
# First, the digit as it is and with random signs added; attacked, for a network and for a hardened one, which is the
# same network trained under attack; and what the attacks changed, magnified. The titles say which digit is seen.

import matplotlib.pyplot as plt
from matplotlib.colors import LinearSegmentedColormap

from lecture import style
from lecture.claims.outlook.adversarial import accuracies
from lecture.experiments.outlook.adversarial import LINEAR, ROBUST, STANDARD, Adversarial, AdversarialImage
from lecture.records import read

colour = style.use()
settings = AdversarialImage.preset()
pixels = read(settings)
ink = LinearSegmentedColormap.from_list("ink", [colour["paper"], colour["ink"]])
signs = LinearSegmentedColormap.from_list("signs", [colour["deep"], colour["paper"], colour["ink"]])


def picture(model, name):
    found = pixels[(pixels["model"] == model) & (pixels["picture"] == name)]
    values = found.pivot(index="row", columns="column", values="value").to_numpy()
    return values, found["answer"].iloc[0], found["confidence"].iloc[0]


# %%
figure = plt.figure(figsize=(7.2, 3.3))
grid = figure.add_gridspec(2, 4, width_ratios=(1, 1, 1, 2.6))
clean, label, _ = picture(STANDARD, "clean")
told = []
for column, row, model, name, title in (
    (0, 0, STANDARD, "clean", "As it is: {}"),
    (0, 1, STANDARD, "noise", "Noise: {}"),
    (1, 0, STANDARD, "attack", "Attack: {}"),
    (1, 1, ROBUST, "attack", "Hardened: {}"),
    (2, 0, STANDARD, "change", "What changed"),
    (2, 1, ROBUST, "change", "What changed"),
):
    axes = figure.add_subplot(grid[row, column])
    values, answer, confidence = picture(model, "attack" if name == "change" else name)
    if name == "change":
        axes.imshow(values - clean, cmap=signs, vmin=-settings.shown_at, vmax=settings.shown_at)
    else:
        axes.imshow(values, cmap=ink, vmin=0, vmax=1)
        told.append(f"{title.format(answer)} ({100 * confidence:.0f} % sure)")
    axes.set_title(title.format(answer), fontsize=9.5)
    axes.set(xticks=[], yticks=[])
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)

# %%
# Second, accuracy on images that were not trained on. The worst change of a linear model is known without a search.

curves = figure.add_subplot(grid[:, 3])
scores = accuracies(read(Adversarial.preset()))
epsilons = [0.0, *(e for e in Adversarial.preset().epsilons if e <= Adversarial.epsilon)]
drawn = {}
for name, model, attack, hue in (
    ("noise", STANDARD, "noise", "neutral"),
    ("network", STANDARD, "PGD", "deep"),
    ("hardened", ROBUST, "PGD", "ink"),
    ("linear", LINEAR, "exact", "classical"),
):
    seeds = [scores[(model, attack, e) if e else (model, "none", 0.0)] for e in epsilons]
    curves.plot(epsilons, seeds, color=colour[hue], linewidth=0.7, alpha=0.35)
    drawn[name] = [seed.mean() for seed in seeds]
    curves.plot(epsilons, drawn[name], "--" if name == "noise" else "-", color=colour[hue])
at = {
    "noise": (-1, -13, "right"),
    "network": (-3, 0, "left"),
    "hardened": (-1, 0, "right"),
    "linear": (1, 0, "right"),
}
for name, (place, up, side) in at.items():
    hue = {"noise": "neutral", "network": "deep", "linear": "classical"}.get(name, "ink")
    style.name_line(curves, epsilons[place], drawn[name][place], name, colour[hue], up, side)
curves.set(
    title="What is still right",
    xlabel="largest change of a pixel",
    ylabel="accuracy, %",
    ylim=(0, 103),
    xticks=[0, 0.1, 0.2, 0.3],
)

# %%
# One network's answers and all curves, in words.

style.show(
    figure,
    alt=f"A handwritten {label}. "
    + "; ".join(told)
    + f". Changes of at most {settings.shown_at:g} in each pixel. Accuracy in percent at changes of "
    + ", ".join(f"{e:g}" for e in epsilons)
    + ": "
    + "; ".join(f"{name} {', '.join(f'{value:.0f}' for value in values)}" for name, values in drawn.items())
    + ".",
    data=read(Adversarial.preset()),
)

"""
What the table says, and what is true
=====================================

Four positions of tic-tac-toe with what the learner believes of each move, and what perfect play makes of it. Claim C20:
play against yourself as AlphaGo does.
"""

# %%
# In each free square: the learned value of the move for the player whose turn it is (1 wins, -1 loses), the mean over
# all learners, and below it the truth, worked out by trying everything.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.experiments.when_to_use.self_play import SelfPlay
from lecture.models.tic_tac_toe import game
from lecture.records import read

colour = style.use()
played = read(SelfPlay.preset())
chosen = played[(played["opponent"] == "itself") & (played["games"] == played["games"].max())]
believed = chosen.groupby("board")["as_x"].mean()
TRUTH = {1: "wins", 0: "draws", -1: "loses"}
BOARDS = {"O to answer": "X........", "O to beware": "X...O...X", "X to block": "X.O.X...O", "X to punish": "XO......."}

# %%
figure, panels = plt.subplots(1, 4, figsize=(7.2, 2.2))
rows = []
for axes, (title, board) in zip(panels, BOARDS.items(), strict=True):
    number = game().boards.index(board)
    side = 1 if game().x_moves[number] else -1
    for square, mark in enumerate(board):
        y, x = divmod(square, 3)
        if mark != ".":
            axes.text(x, y, mark, ha="center", va="center", fontsize=18, color=colour["neutral"])
    free = [square for square in range(9) if board[square] == "."]
    for square, new in zip(free, game().after[number], strict=True):
        y, x = divmod(square, 3)
        value, truth = side * believed[game().boards[new]], TRUTH[side * game().minimax[new]]
        text = f"{value:z.2f}".replace("-", "\N{MINUS SIGN}").replace("0.00", "0").replace("0.", ".")
        axes.text(x, y - 0.12, text, ha="center", va="center", fontsize=11, weight="bold", color=colour["deep"])
        axes.text(x, y + 0.27, truth, ha="center", va="center", fontsize=9, color=colour["classical"])
        rows.append((board, game().boards[new], value, truth))
    for line in (0.5, 1.5):
        axes.plot([line, line], [-0.45, 2.45], color=colour["line"], linewidth=1.5)
        axes.plot([-0.45, 2.45], [line, line], color=colour["line"], linewidth=1.5)
    axes.set(xlim=(-0.5, 2.5), ylim=(2.5, -0.5), xticks=[], yticks=[], aspect="equal", title=title)
    axes.spines[:].set_visible(False)
    axes.grid(visible=False)

# %%
# The numbers are often wrong and their order is right, and only the order decides a move.

data = pd.DataFrame(rows, columns=["board", "after_the_move", "learned", "truth"])
style.show(
    figure,
    alt="Mean learned value of each move, and the truth. "
    + " ".join(
        f"{title}: "
        + ", ".join(f"{row.learned:z.2f} {row.truth}" for row in data[data["board"] == board].itertuples())
        + "."
        for title, board in BOARDS.items()
    ),
    data=data,
)

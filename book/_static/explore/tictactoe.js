// Tic-tac-toe against a network at some point of its training, which runs in the page.
"use strict";
(() => {
  const LINES = ["012", "345", "678", "036", "147", "258", "048", "246"];
  const mover = moves => "XO"[moves % 2], turn = board => mover(board.replaceAll(".", "").length);
  const put = (board, square) => board.slice(0, square) + turn(board) + board.slice(square + 1);

  // 1 if X has won, -1 if O has, 0 for a full board, none before the end.
  const outcome = board => {
    const marks = LINES.map(line => [...line].map(square => board[square]).join(""));
    return marks.includes("XXX") ? 1 : marks.includes("OOO") ? -1 : board.includes(".") ? undefined : 0;
  };

  const known = {};
  // What a board is worth to X if both play perfectly.
  const worth = board => known[board] ??= outcome(board) ?? Math[turn(board) === "X" ? "max" : "min"](
    ...[...board].flatMap((mark, square) => (mark === "." ? worth(put(board, square)) : [])));

  // What a network believes: shares of the squares, and what the side to move may expect.
  const opinion = ({ sizes, learners }, which, board) => {
    const { weights, step } = learners[which], bytes = Uint8Array.from(atob(weights), byte => byte.charCodeAt());
    const steps = new Int16Array(bytes.buffer), weight = place => steps[place] * step;
    const own = turn(board), marks = [...board];
    let values = [...marks.map(mark => mark === own), ...marks.map(mark => mark !== own && mark !== ".")], first = 0;
    sizes.slice(1).forEach((units, layer) => {
      const inputs = values, biases = first + inputs.length * units;
      values = Array.from({ length: units }, (_, unit) =>
        inputs.reduce((sum, x, input) => sum + x * weight(first + input * units + unit), weight(biases + unit)));
      if (layer < sizes.length - 2) values = values.map(sum => Math.max(sum, 0));
      first = biases + units;
    });
    const powers = marks.map((mark, square) => (mark === "." ? Math.exp(values[square]) : 0));
    const sum = powers.reduce((a, b) => a + b);
    return { shares: powers.map(power => power / sum), value: Math.tanh(values[9]) };
  };

  // The moves that a state tells, with the learner's answer, and all boards.
  const played = (state, found) => {
    const boards = ["........."], moves = [], board = () => boards[moves.length];
    const running = () => outcome(board()) === undefined;
    const move = square => { boards.push(put(board(), square)); moves.push(square); };
    for (const square of state.moves) if (running() && board()[square] === ".") move(+square);
    if (running() && turn(board()) !== state.side) {
      const { shares } = opinion(found, state.learner, board());
      let ticket = explore.uniform(100 * state.seed + moves.length)();
      const drawn = state.drawn === "1" ? shares.findIndex(share => (ticket -= share) < 0) : -1;
      move(drawn < 0 ? shares.indexOf(Math.max(...shares)) : drawn);
    }
    return { boards, moves, board: board(), end: outcome(board()) };
  };

  const draw = (state, found, pen) => {
    const { boards, moves, board, end } = played(state, found);
    const opinions = boards.map(one => opinion(found, state.learner, one));
    const percent = (move, square) => `${Math.round(100 * opinions[move].shares[square])} %`;
    const its = moves.length - (mover(moves.length + 1) === state.side ? 2 : 1); // its last move
    const shown = state.view === "none" ? -1 : state.view === "its" && its >= 0 ? its : end === undefined ? moves.length : -1;
    pen.svg.parentElement.querySelectorAll(".board button").forEach((button, square) => {
      const mark = board[square].replace(".", ""), share = boards[shown]?.[square] === "." ? percent(shown, square) : "";
      [button.children[0].textContent, button.children[1].textContent] = [mark, share];
      button.style.setProperty("--belief", share && opinions[shown].shares[square]);
      button.classList.toggle("last", square === moves[its]);
      button.setAttribute("aria-label", `${found.squares[square]}, ${mark || "empty"} ${share}`);
    });

    const x = move => 62 + move * (pen.width - 70) / 9, y = value => 48 - value * 36;
    for (const [words, value] of [["O wins", -1], ["draw", 0], ["X wins", 1]]) {
      pen("line", { x1: 62, x2: pen.width, y1: y(value), y2: y(value), class: "grid" });
      pen("text", { x: 52, y: y(value) + 4, "text-anchor": "end" }, words);
    }
    pen("polyline", { points: boards.map((one, move) => `${x(move)},${y(worth(one))}`).join(" "), class: "foreseen" });
    opinions.forEach(({ value }, move) => {
      pen("circle", { cx: x(move), cy: y(outcome(boards[move]) ?? (mover(move) === "X" ? value : -value)), r: 5, class: "run new" });
    });
    pen("text", { x: pen.width, y: 106, "text-anchor": "end" }, "dots: the learner; dashed: perfect play");

    const side = state.side === "X" ? -1 : 1, { words, strength } = found.learners[state.learner];
    let told = end === undefined ? `Your move${shown > its ? "; the shares are what it would do" : ""}.` : end === 0 ? "A draw." : end === side ? "It wins." : "You win.";
    if (its >= 0) {
      const [before, after] = [its, its + 1].map(move => side * worth(boards[move]));
      told += ` To the ${found.squares[moves[its]]} it gave ${percent(its, moves[its])}, expecting ${explore.number(+opinions[its].value.toFixed(2))} (1: it wins, −1: you do). ` +
        (after < before ? `A mistake: now it is ${["lost", "a draw"][after + 1]}` : `No mistake: it is ${["lost anyway", "a draw", "won"][after + 1]}`) +
        " in perfect play.";
    }
    told += ` ${strength}`;
    return { told, label: `Who will win, move by move. ${told}`, values: { learner: words } };
  };

  const acts = { again: ({ seed }) => ({ moves: "", seed: `${Number(seed) + 1}` }), back: ({ moves }) => ({ moves: moves.slice(0, -2) }) };
  for (const square of "012345678")
    acts[square] = (state, found) => {
      const { moves, board, end } = played(state, found);
      return end === undefined && board[square] === "." ? { moves: moves.join("") + square } : {};
    };
  explore.tictactoe = { opinion, worth };
  explore.start("tictactoe", draw, acts);
})();

// Two games against a network at some point of its training. The page runs the network, and solves the games.
"use strict";
(() => {
  const mover = moves => "XO"[moves % 2], turn = board => mover(board.replaceAll(".", "").length);

  // A move names a square or, where marks fall, a column.
  const moveTo = ({ falls, columns }, square) => (falls ? square % columns : square);

  // The square that a move fills, if it is allowed.
  const filled = (game, board, move) => [...game.squares.keys()].find(square => board[square] === "." &&
    moveTo(game, square) === move && !(game.falls && board[square + game.columns] === "."));

  // 1 if X has won, -1 if O has, 0 for a full board, none before the end.
  const outcome = ({ lines }, board) => {
    const has = mark => lines.some(line => line.every(square => board[square] === mark));
    return has("X") ? 1 : has("O") ? -1 : board.includes(".") ? undefined : 0;
  };

  // Solves a game: what a position, a bit for each mark, is worth to the side to move if both play perfectly.
  const solver = ({ squares, columns, falls, lines }) => {
    const bits = list => list.reduce((sum, square) => sum | (1 << square), 0), all = bits([...squares.keys()]);
    const ground = bits([...squares.keys()].slice(-columns)), wins = lines.map(bits), known = [new Map(), new Map()];
    const reaches = (goal, own, other) => { // a draw, 0, or a win, 1, whatever the other does
      if (wins.some(line => (other & line) === line)) return false;
      const taken = own | other, key = (own << 16) | other;
      let open = all & ~taken & (falls ? ground | (taken >> columns) : all), can = known[goal].get(key) ?? (open ? undefined : !goal);
      if (can !== undefined) return can;
      for (can = false; open && !can; open &= open - 1) can = !reaches(1 - goal, other, own | (open & -open));
      known[goal].set(key, can);
      return can;
    };
    return (own, other) => (reaches(1, own, other) ? 1 : reaches(0, own, other) ? 0 : -1);
  };

  // What a board is worth to X.
  const worth = (game, board) => {
    const [x, o] = ["X", "O"].map(mark => [...board].reduce((sum, one, square) => sum | ((one === mark) << square), 0));
    game.solve ??= solver(game);
    return turn(board) === "X" ? game.solve(x, o) : -game.solve(o, x);
  };

  // What a network believes: shares of the moves, and what the side to move may expect.
  const opinion = (game, which, board) => {
    const learner = game.learners[which];
    learner.steps ??= new Int16Array(Uint8Array.from(atob(learner.weights), byte => byte.charCodeAt()).buffer);
    const weight = place => learner.steps[place] * learner.step;
    const own = turn(board), marks = [...board], { sizes } = game;
    let values = [...marks.map(mark => mark === own), ...marks.map(mark => mark !== own && mark !== ".")], first = 0;
    sizes.slice(1).forEach((units, layer) => {
      const inputs = values, biases = first + inputs.length * units;
      values = Array.from({ length: units }, (_, unit) =>
        inputs.reduce((sum, x, input) => sum + x * weight(first + input * units + unit), weight(biases + unit)));
      if (layer < sizes.length - 2) values = values.map(sum => Math.max(sum, 0));
      first = biases + units;
    });
    const value = Math.tanh(values.pop());
    const powers = values.map((sum, move) => (filled(game, board, move) === undefined ? 0 : Math.exp(sum)));
    const sum = powers.reduce((a, b) => a + b);
    return { shares: powers.map(power => power / sum), value };
  };

  // The moves that a state tells, with the learner's answer, the squares that they fill, and all boards.
  const played = (state, game) => {
    const boards = [".".repeat(game.squares.length)], moves = [], places = [], board = () => boards[moves.length];
    const running = () => outcome(game, board()) === undefined;
    const play = move => {
      const now = board(), square = filled(game, now, move);
      if (!running() || square === undefined) return;
      boards.push(now.slice(0, square) + turn(now) + now.slice(square + 1));
      moves.push(move);
      places.push(square);
    };
    for (const move of state.moves) play(+move);
    if (running() && turn(board()) !== state.side) {
      const { shares } = opinion(game, state.learner, board());
      let ticket = explore.uniform(100 * state.seed + moves.length)();
      const drawn = state.drawn === "1" ? shares.findIndex(share => (ticket -= share) < 0) : -1;
      play(drawn < 0 ? shares.indexOf(Math.max(...shares)) : drawn);
    }
    return { boards, moves, places, board: board(), end: outcome(game, board()) };
  };

  const draw = (state, found, pen) => {
    const game = found[state.game], { squares, falls } = game, { boards, moves, places, board, end } = played(state, game);
    const opinions = boards.map(one => opinion(game, state.learner, one));
    const percent = (turn, move) => `${Math.round(100 * opinions[turn].shares[move])} %`;
    const its = moves.length - (mover(moves.length + 1) === state.side ? 2 : 1); // its last move
    const shown = state.view === "none" ? -1 : state.view === "its" && its >= 0 ? its : end === undefined ? moves.length : -1;
    const won = game.lines.find(line => end && line.every(square => board[square] === "OX"[(end + 1) / 2]));
    for (const one of pen.svg.parentElement.querySelectorAll(".board")) one.hidden = !one.classList.contains(state.game);
    pen.svg.parentElement.querySelectorAll(".board:not([hidden]) button").forEach((button, square) => {
      const mark = board[square].replace(".", ""), move = moveTo(game, square), next = filled(game, board, move);
      const share = shown >= 0 && filled(game, boards[shown], move) === square ? percent(shown, move) : "";
      [button.children[0].textContent, button.children[1].textContent] = [mark, share];
      button.style.setProperty("--belief", share && opinions[shown].shares[move]);
      button.classList.toggle("last", square === places[its]);
      const fall = !falls || end !== undefined ? "" : next === undefined ? "; column full" : `; falls to ${squares[next].split(", ")[1]}`;
      button.classList.toggle("won", !!won?.includes(square));
      button.setAttribute("aria-label", `${squares[square]}, ${mark || "empty"} ${share}${fall}`);
      button.tabIndex = fall && square !== next ? -1 : 0; // with the keyboard one stop a column is enough
    });

    const x = move => 62 + move * (pen.width - 70) / squares.length, y = value => 48 - value * 36;
    for (const [words, value] of [["O wins", -1], ["draw", 0], ["X wins", 1]]) {
      pen("line", { x1: 62, x2: pen.width, y1: y(value), y2: y(value), class: "grid" });
      pen("text", { x: 52, y: y(value) + 4, "text-anchor": "end" }, words);
    }
    pen("polyline", { points: boards.map((one, move) => `${x(move)},${y(worth(game, one))}`).join(" "), class: "foreseen" });
    opinions.forEach(({ value }, move) => {
      pen("circle", { cx: x(move), cy: y(outcome(game, boards[move]) ?? (mover(move) === "X" ? value : -value)), r: 5, class: "run new" });
    });
    pen("text", { x: pen.width, y: 106, "text-anchor": "end" }, "dots: the learner; dashed: perfect play");

    const side = state.side === "X" ? -1 : 1, { words, strength } = game.learners[state.learner];
    let told = end === undefined ? `Your move${shown > its ? "; the shares are what it would do" : ""}.` : end === 0 ? "A draw." : end === side ? "It wins." : "You win.";
    if (its >= 0) {
      const [before, after] = [its, its + 1].map(move => side * worth(game, boards[move]));
      const where = falls ? `column ${moves[its] + 1}` : `the ${squares[places[its]]}`;
      told += ` To ${where} it gave ${percent(its, moves[its])}, expecting ${explore.number(+opinions[its].value.toFixed(2))} (1: it wins, −1: you do). ` +
        (after < before ? `A mistake: now it is ${["lost", "a draw"][after + 1]}` : `No mistake: it is ${["lost anyway", "a draw", "won"][after + 1]}`) +
        " in perfect play.";
    }
    told += ` ${strength}`;
    return { told, label: `Who will win, move by move. ${told}`, values: { learner: words } };
  };

  const acts = { again: ({ seed }) => ({ moves: "", seed: `${Number(seed) + 1}` }), back: ({ moves }) => ({ moves: moves.slice(0, -2) }) };
  for (let square = 0; square < 16; square++)
    acts[square] = (state, found) => {
      const game = found[state.game], move = moveTo(game, square), { moves, board, end } = played(state, game);
      return end === undefined && filled(game, board, move) !== undefined ? { moves: moves.join("") + move } : {};
    };
  for (const choice of document.querySelectorAll('[data-explorable="games"] [name="game"]')) // another game begins anew
    choice.addEventListener("input", () => { choice.form.elements.moves.value = ""; });
  explore.games = { opinion, worth };
  explore.start("games", draw, acts);
})();

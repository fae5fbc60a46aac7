// A roof: how fast a layer can be at most, by the operations it does with each byte. More examples move it along.
"use strict";
(() => {
  /** Where a layer lies under a roof: its weights travel once, its inputs and outputs once an example. */
  const compute = (state, found) => {
    const layer = found.layers[state.layer], roof = found.roofs.find(({ key }) => key === state.roof), batch = 2 ** state.batch;
    const operations = batch * layer.operations, bytes = found.bytes * (layer.weights + batch * layer.moved);
    const intensity = operations / bytes, ridge = roof.gflops / roof.bandwidth;
    const spare = layer.operations - ridge * found.bytes * layer.moved; // what an example adds, less what its own bytes allow
    return {
      roof, batch, operations, bytes, intensity, ridge, bound: Math.min(roof.bandwidth * intensity, roof.gflops),
      enough: spare > 0 ? Math.max(1, Math.ceil((ridge * found.bytes * layer.weights) / spare)) : Infinity,
      points: roof === found.roofs[0] ? Object.entries(layer.measured).map(([size, speed]) => [Number(size), speed]) : [],
    };
  };

  const draw = (state, found, pen) => {
    const { roof, batch, operations, bytes, intensity, ridge, bound, enough, points } = compute(state, found), { number } = explore;
    const log = Math.log10, [x0, x1, y0, y1] = [58, pen.width - 10, pen.height - 36, 22];
    const [left, right, low, high] = [log(0.1), log(2000), 0, 5.3];
    const x = value => x0 + ((log(value) - left) / (right - left)) * (x1 - x0);
    const y = speed => y0 + ((Math.max(log(speed), low) - low) / (high - low)) * (y1 - y0);
    for (let power = low; power <= high; power++) {
      pen("line", { x1: x0, x2: x1, y1: y(10 ** power), y2: y(10 ** power), class: "grid" });
      pen("text", { x: x0 - 6, y: y(10 ** power) + 4, "text-anchor": "end" }, (10 ** power).toLocaleString("en"));
    }
    for (let power = left; power <= right; power++) {
      pen("line", { x1: x(10 ** power), x2: x(10 ** power), y1: y0, y2: y1, class: "grid" });
      pen("text", { x: x(10 ** power), y: y0 + 15, "text-anchor": "middle" }, (10 ** power).toLocaleString("en"));
    }
    pen("text", { x: x1, y: y0 + 31, "text-anchor": "end" }, "operations for each byte from memory");
    pen("text", { x: 0, y: 10 }, "speed, GFLOP/s");
    for (const one of found.roofs) {
      const { bandwidth, gflops, name } = one, from = Math.max(10 ** left, 10 ** low / bandwidth), bend = gflops / bandwidth;
      const corners = [[from, bandwidth * from], [bend, gflops], [10 ** right, gflops]].map(([at, speed]) => `${x(at)},${y(speed)}`);
      pen("polyline", { points: corners.join(" "), class: one === roof ? "roof" : "roof other" });
      pen("text", { x: x1, y: y(gflops) - 6, "text-anchor": "end", class: one === roof ? "strong" : "" }, name);
    }
    pen("line", { x1: x(intensity), x2: x(intensity), y1: y(bound), y2: y0, class: "limit" });
    for (const [size, speed] of points) {
      const at = compute({ ...state, batch: Math.log2(size) }, found).intensity;
      pen("circle", { cx: x(at), cy: y(speed), r: size === batch ? 7 : 4, class: "grip" });
    }
    pen("circle", { cx: x(intensity), cy: y(bound), r: 7, class: "held" });

    const many = n => `${n.toLocaleString("en")} example${n === 1 ? "" : "s"}`, speed = points.find(([size]) => size === batch)?.[1];
    const limit = intensity < ridge ? "memory" : "arithmetic";
    const above = limit === "memory" ? ": reading alone can be faster than the triad, and what the processor keeps need not travel" : ": a peak is only the fastest that we found";
    const proof = roof !== found.roofs[0] ? "Both limits are published; nothing here ran on it."
      : speed ? `Measured: ${number(speed, 3)} GFLOP/s${speed > bound ? `, above the bound${above}` : ""}.`
        : "That is computed from operations and bytes, an upper bound; this batch was not measured.";
    const told = `${found.names[state.layer]}, ${many(batch)}: ${number(operations)} operations over ${number(bytes)} bytes, ${number(intensity)} a byte. ` +
      `Limited by ${limit}, to ${number(bound, 3)} GFLOP/s. ${proof} ` +
      (enough < Infinity ? `It reaches the ridge, ${number(ridge)} a byte, from ${many(enough)} on.` : `No batch takes it to the ridge, ${number(ridge)} a byte.`);
    const shown = told[0].toUpperCase() + told.slice(1);
    return { told: shown, label: `Speed against operations a byte, both logarithmic: roofs, and the layer under them. ${shown}`, values: { batch: batch.toLocaleString("en") } };
  };

  explore.roof = { compute };
  explore.start("roof", draw);
})();

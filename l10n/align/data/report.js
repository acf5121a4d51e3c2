(() => {
  const svg = document.getElementById("lines"), ns = "http://www.w3.org/2000/svg";
  const draw = () => {
    svg.replaceChildren();
    const origin = svg.getBoundingClientRect();
    for (const from of document.querySelectorAll("tr[data-to]")) {
      const to = document.getElementById(from.dataset.to);
      if (!to) continue;
      const a = from.cells[1].getBoundingClientRect(), b = to.cells[1].getBoundingClientRect();
      const x1 = a.left + a.width / 2 - origin.left, y1 = a.bottom - 4 - origin.top;
      const x2 = b.left + b.width / 2 - origin.left, y2 = b.top + 4 - origin.top;
      const bend = Math.min(140, 40 + Math.abs(y2 - y1) / 6);
      const path = document.createElementNS(ns, "path");
      path.setAttribute("d", `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 + bend} ${y2} ${x2} ${y2}`);
      svg.append(path);
    }
  };
  addEventListener("resize", draw);
  draw();
})();

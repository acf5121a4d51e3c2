(() => {
  const svg = document.getElementById("lines"), ns = "http://www.w3.org/2000/svg";
  if (!svg) return;
  const draw = () => {
    svg.replaceChildren();
    const origin = svg.getBoundingClientRect();
    for (const from of document.querySelectorAll("tr[data-to]")) {
      const to = document.getElementById(from.dataset.to);
      if (!to || !from.checkVisibility()) continue;
      const a = from.cells[2].getBoundingClientRect(), b = to.cells[2].getBoundingClientRect();
      const x = a.right - origin.left, room = origin.right - a.right;
      const y1 = a.top + a.height / 2 - origin.top, y2 = b.top + b.height / 2 - origin.top;
      const bend = 1.3 * Math.min(room, 20 + Math.abs(y2 - y1) / 12);
      const path = document.createElementNS(ns, "path");
      path.setAttribute("d", `M${x} ${y1} C${x + bend} ${y1} ${x + bend} ${y2} ${x} ${y2}`);
      svg.append(path);
    }
  };
  addEventListener("resize", draw);
  addEventListener("change", draw);
  draw();
})();

// Search over the index that the page of a language brings along: every word must begin a word of a section.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const field = document.getElementById("search");
const hits = document.getElementById("hits");
const sections = window.searchIndex.map((section) => ({ ...section, plain: plain(` ${section.title} ${section.text}`) }));

function find(words) {
  const rate = (section) => (words.every((word) => plain(` ${section.title}`).includes(` ${word}`)) ? 0 : 1);
  return sections
    .filter((section) => words.every((word) => section.plain.includes(` ${word}`)))
    .sort((a, b) => rate(a) - rate(b))
    .slice(0, 12);
}

field.addEventListener("input", () => {
  const words = plain(field.value).split(/[^\p{L}\p{N}_.-]+/u).filter(Boolean);
  hits.hidden = !words.length;
  hits.replaceChildren(
    ...(words.length ? find(words) : []).map((section) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = section.url;
      link.textContent = section.title;
      const place = section.plain.indexOf(` ${words[0]}`);
      const text = document.createElement("p");
      text.textContent = section.text.slice(Math.max(0, place - section.title.length - 60)).slice(0, 140);
      item.append(link, text);
      return item;
    }),
  );
  if (words.length && !hits.children.length) {
    const item = document.createElement("li");
    item.textContent = field.dataset.none;
    hits.append(item);
  }
});
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  hits.querySelector("a")?.click();
});

// Suggestions under the search box, as a combobox with a list (WAI-ARIA). Without this file the box is a plain one.
"use strict";
(() => {
  const box = document.getElementById("q");
  const list = document.getElementById("goi-y");
  const said = document.getElementById("goi-y-so");
  if (!box || !list || !said || !window.fetch) return;
  const WAIT = 90; // milliseconds without a key before asking
  let timer = 0;
  let asked = null; // the request under way
  let shownFor = ""; // what the list answers
  let typed = ""; // what stands in the box when no suggestion is chosen
  let at = -1;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  const options = () => [...list.children];

  // What somebody chooses from does not change under their hand.
  function hold() {
    clearTimeout(timer);
    if (asked) asked.abort();
  }

  function close() {
    hold();
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    said.textContent = "";
  }

  function choose(next) {
    at = next;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at < 0) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    box.setAttribute("aria-activedescendant", options()[at].id);
    options()[at].scrollIntoView({ block: "nearest" });
  }

  function line(suggestion, number) {
    const option = document.createElement("li");
    option.id = "goi-y-" + number;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.href = suggestion.href;
    for (const [name, text] of [["what", suggestion.label], ["note", suggestion.note]]) {
      const part = document.createElement("span");
      part.className = name;
      part.textContent = text;
      option.append(part);
    }
    return option;
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(line));
    choose(-1);
    list.hidden = suggestions.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = suggestions.length ? suggestions.length + " gợi ý, dùng phím mũi tên để chọn" : "";
  }

  async function ask() {
    typed = box.value;
    if (!typed.trim()) return close();
    if (asked) asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch("/goi-y.json?q=" + encodeURIComponent(typed), { signal: asked.signal });
      if (!answer.ok) return close();
      const found = await answer.json();
      if (box.value !== typed || document.activeElement !== box) return;
      shownFor = typed;
      show(found.suggestions);
    } catch (problem) {
      if (problem.name !== "AbortError") close(); // searching works without suggestions
    }
  }

  const go = (option) => { location.href = option.dataset.href; };

  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    choose(-1);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("compositionend", () => { timer = setTimeout(ask, WAIT); });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) {
        if (shownFor === box.value && count) {
          list.hidden = false;
          box.setAttribute("aria-expanded", "true");
        } else ask();
      } else {
        hold();
        // One place before the first: nothing chosen, what was typed.
        choose((at + 1 + (event.key === "ArrowDown" ? 1 : count)) % (count + 1) - 1);
      }
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      go(options()[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  // Before the box loses focus, which would close the list.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    hold();
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
})();

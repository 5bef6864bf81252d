// The list follows its filters without leaving the page. Without this file, the form and its links do the same.
const SWAPPED = ["#resultats", "#carte-dessin", ".filters-more"];
const place = document.querySelector(".directory-list");
const form = place?.querySelector(".filters");
let asked = 0;

const addressOf = () => {
  const pairs = [...new FormData(form)].filter(([, value]) => String(value).trim());
  const query = new URLSearchParams(pairs);
  return `${location.pathname}${query.size ? `?${query}` : ""}`;
};

// Where the focus was inside what is replaced, and how to find it again.
const markOf = (one) => {
  if (!one || !place.contains(one)) return "";
  if (one.matches("summary")) return `${one.parentElement.id ? `#${one.parentElement.id}` : ".filters-more"} > summary`;
  if (one.id) return `#${CSS.escape(one.id)}`;
  if (!one.name) return "";
  const value = one.type === "checkbox" ? `[value="${CSS.escape(one.value)}"]` : "";
  return `[name="${CSS.escape(one.name)}"]${value}`;
};

const show = (fresh) => {
  const mark = markOf(document.activeElement);
  const unfolded = place.querySelector(".filters-more")?.open;
  for (const selector of SWAPPED) {
    const [old, renewed] = [place.querySelector(selector), fresh.querySelector(`.directory-list ${selector}`)];
    if (old && renewed) old.replaceChildren(...renewed.childNodes);
  }
  const more = place.querySelector(".filters-more");
  if (more) more.open = unfolded;
  const live = place.querySelector("#carte-vive");
  live.dataset.query = fresh.querySelector("#carte-vive").dataset.query;
  live.dispatchEvent(new CustomEvent("asked"));
  if (mark) place.querySelector(mark)?.focus({ preventScroll: true });
  // Said last: this part of the page is there from the start, so screen readers hear what changes in it.
  const count = place.querySelector(".filters-count");
  count.replaceChildren(...fresh.querySelector(".directory-list .filters-count").childNodes);
  document.title = fresh.title;
};

const go = async (address, { push = true, top = false } = {}) => {
  const turn = ++asked;
  place.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(response.status);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (turn !== asked) return;
    if (!fresh.querySelector(".directory-list")) throw new Error("another page");
    if (push) history.pushState({ list: true }, "", address);
    show(fresh);
    if (top) {
      place.querySelector("#resultats").focus({ preventScroll: true });
      place.querySelector("#resultats").scrollIntoView({ block: "start" });
    }
  } catch {
    location.assign(address);
  } finally {
    if (turn === asked) place.setAttribute("aria-busy", "false");
  }
};

if (form) {
  form.addEventListener("submit", (event) => { event.preventDefault(); go(addressOf()); });
  form.addEventListener("change", (event) => { if (!event.target.matches('[type="search"]')) go(addressOf()); });
  place.addEventListener("click", (event) => {
    const link = event.target.closest(".pagination a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(link.getAttribute("href").startsWith("?") ? `${location.pathname}${link.getAttribute("href")}` : link.href, { top: true });
  });
  addEventListener("popstate", () => {
    const known = new URLSearchParams(location.search);
    if (form.elements.q) form.elements.q.value = known.get("q") ?? "";
    go(`${location.pathname}${location.search}`, { push: false });
  });
  place.dataset.ready = "list";
}

const button = document.getElementById("carte-ouvrir");
if (button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const { open } = await import(button.dataset.module);
    await open();
    button.hidden = true;
  });
}

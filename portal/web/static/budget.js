// Sums and limits beside the form of a budget line, recomputed while one types. Whole minor units, as the server computes: a line
// is rounded to the nearest one, a limit cut down. What cannot be read leaves the sums as they were; the server says why.
const board = document.querySelector("[data-budget]");
const form = document.getElementById("line");
if (board && form) {
  const { others, indirect, reserve, decimals } = JSON.parse(board.dataset.budget);
  const czech = board.dataset.lang === "cs";
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const shown = new Intl.NumberFormat(czech ? "cs-CZ" : "en-GB", digits);

  // "12,5" → [125n, 1]: a whole number and how many decimals it has.
  const read = (text) => {
    const bare = text.trim().replace(/[\s\u00a0\u202f]/g, "");
    const plain = czech ? bare.replace(",", ".") : bare.replaceAll(",", "");
    if (!/^\d+(\.\d+)?$/.test(plain)) return null;
    const [whole, part = ""] = plain.split(".");
    return [BigInt(whole + part), part.length];
  };
  const times = (one, other) => {
    const unit = 10n ** BigInt(one[1] + other[1]);
    return (one[0] * other[0] * 2n + unit) / (2n * unit);
  };
  const cents = ([digits, places]) => (places <= decimals ? digits * 10n ** BigInt(decimals - places) : null);
  const share = (amount, percent) => {
    const [digits, places] = read(percent.replace(".", czech ? "," : "."));
    return (amount * digits) / (100n * 10n ** BigInt(places));
  };
  const write = (name, minor, kind = "sum") => {
    const place = board.querySelector(`[data-${kind}="${name}"]`);
    if (place) place.textContent = shown.format(Number(minor) / 10 ** decimals);
  };

  const recompute = () => {
    const heading = /^([1-6])(\.\d{1,2}){0,3}$|^(8|10)$/.exec(form.elements.code.value.trim());
    const number = read(form.elements.number.value);
    const value = read(form.elements.value.value);
    if (!heading || !number || !value || cents(value) === null) return;
    const line = times(number, [cents(value), 0]);
    const sums = Object.fromEntries(Object.entries(others).map(([key, minor]) => [key, BigInt(minor)]));
    const key = heading[1] ?? heading[3];
    sums[key] = (sums[key] ?? 0n) + line;
    const direct = ["1", "2", "3", "4", "5", "6"].reduce((sum, one) => sum + sums[one], 0n);
    write("line", line);
    write("heading", sums[key]);
    write("7", direct);
    write("11", direct + sums["8"] + sums["10"]);
    for (const [name, percent] of [["8", indirect], ["10", reserve]]) {
      const most = share(direct, percent);
      write(name, sums[name]);
      write(name, most, "most");
      board.querySelector(`[data-over="${name}"]`).hidden = sums[name] <= most;
    }
  };
  for (const kind of ["input", "change"]) form.addEventListener(kind, recompute);
  recompute();
}

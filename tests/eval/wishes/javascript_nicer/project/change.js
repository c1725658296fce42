const C = [200, 100, 50, 20, 10, 5, 2, 1];

/** The coins that make up an amount in cents, as few as possible, the largest first. */
export function coins(a) {
  let r = [];
  let x = a;
  for (let i = 0; i < C.length; i++) {
    while (x >= C[i]) {
      r.push(C[i]);
      x = x - C[i];
    }
  }
  return r;
}

/** A line such as `2 x 50, 1 x 20`; `nothing` for no coins. */
export function line(cs) {
  let s = "";
  for (let i = 0; i < C.length; i++) {
    let n = 0;
    for (let j = 0; j < cs.length; j++) {
      if (cs[j] === C[i]) {
        n++;
      }
    }
    if (n > 0) {
      if (s !== "") {
        s = s + ", ";
      }
      s = s + n + " x " + C[i];
    }
  }
  if (s === "") {
    return "nothing";
  } else {
    return s;
  }
}

// The way to the server: questions with an answer, and the stream of what is new.

export async function ask(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

// Hear of all that is new, from now on; a browser has few connections to one address, and a tab that nobody sees holds none.
export function listen(heard, lost) {
  let stream = null;

  function begin() {
    if (stream) stream.close();
    stream = new EventSource("/events");
    stream.onmessage = (event) => heard(JSON.parse(event.data));
    stream.onerror = lost;
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) begin();
    else if (stream) { stream.close(); stream = null; }
  });
  begin();
}

// The few sentences that scripts say themselves, in the language of the page.
const dutch = {
  live: "live",
  connecting: "verbinding maken",
  lost: "geen verbinding",
  updating: "bijwerken",
  offline: "Je ziet de stand van {n} uur. Je kunt gewoon antwoorden.",
  one: "1 antwoord bewaard",
  many: "{n} antwoorden bewaard",
  oneSending: "1 antwoord wordt verstuurd",
  manySending: "{n} antwoorden worden verstuurd",
  news: "Er is iets nieuws. Laat zien",
  kept: "Bewaard op deze telefoon. We versturen het zodra er verbinding is.",
  sending: "We versturen je antwoord.",
  unsent: "Dit had je nog niet verstuurd: {text}",
  refused: "Een antwoord van zojuist is niet aangenomen. Kijk of het erop staat.",
};

const english = {
  live: "live",
  connecting: "connecting",
  lost: "no connection",
  updating: "updating",
  offline: "You see how it was at {n}. You can still answer.",
  one: "1 answer kept",
  many: "{n} answers kept",
  oneSending: "sending 1 answer",
  manySending: "sending {n} answers",
  news: "There is something new. Show it",
  kept: "Kept on this phone. We will send it as soon as there is a connection.",
  sending: "Sending your answer.",
  unsent: "You had not sent this yet: {text}",
  refused: "A recent answer was not accepted. Please check whether it is there.",
};

const words = document.documentElement.lang.startsWith("en") ? english : dutch;

export const say = (name, n = 0) => words[name].replace("{n}", n);
export const count = (n, one, many) => say(n === 1 ? one : many, n);

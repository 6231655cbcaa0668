// Shows what the platform pushes, also while the console is shut, and opens its page. It keeps nothing and answers no request of the console.

/** Words for a message that cannot be read; a browser wants something shown for every push. */
const UNREADABLE = { title: "烽燧", text: "", page: "/", tag: "unreadable", urgent: true };

function read(data) {
  try {
    return { ...UNREADABLE, ...data.json() };
  } catch {
    return UNREADABLE;
  }
}

/** A page of this console; anything else is its first page. */
function pageOf(told) {
  const page = new URL(String(told.page), self.location.origin);
  return page.origin === self.location.origin ? page.href : `${self.location.origin}/`;
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const told = read(event.data);
  const shown = { body: told.text, tag: told.tag, requireInteraction: told.urgent === true, lang: "zh-CN", icon: "/favicon.svg", data: { page: pageOf(told) } };
  event.waitUntil(self.registration.showNotification(told.title, shown));
});

async function open(page) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const one of windows) {
    const shown = await one.navigate(page).catch(() => null);
    if (shown) return shown.focus();
  }
  return self.clients.openWindow(page);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.page));
});

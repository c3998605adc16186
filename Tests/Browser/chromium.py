"""Drives a headless Chromium by the DevTools protocol over a pair of pipes. Standard library only."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time


def find():
    """The path of a Chromium, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


class Chromium:
    """One browser with one page."""

    def __init__(self, width=1600, height=1000):
        self.folder = tempfile.mkdtemp(prefix="entente-browser-")
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()

        # The browser reads from descriptor 3 and writes to 4. Both ends are moved out of the way
        # first, since they may have these very numbers.
        def wire():
            first, second = os.dup(to_browser), os.dup(from_browser)
            high = [os.dup2(first, 60), os.dup2(second, 61)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [find(), "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             "--no-first-run", "--disable-extensions", "--hide-scrollbars",
             "--disable-background-networking", f"--user-data-dir={self.folder}",
             f"--window-size={width},{height}", "about:blank"],
            preexec_fn=wire, close_fds=False, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.number = 0
        self.session = None
        self.console = []
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self.session = self.call(
            "Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.size(width, height)

    def close(self):
        """Ends the browser."""
        try:
            self.session = None
            self.call("Browser.close")
            self.process.wait(10)
        except Exception:
            self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, **params):
        """Sends a command and waits for its result."""
        number = self.send(method, **params)
        while True:
            answer = self.receive()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.note(answer)

    def send(self, method, **params):
        """Sends a command; gives its number."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        rest = json.dumps(message).encode() + b"\0"
        while rest:
            rest = rest[os.write(self.output, rest):]
        return self.number

    def receive(self):
        while b"\0" not in self.buffer:
            part = os.read(self.input, 1 << 20)
            if not part:
                raise RuntimeError("the browser is gone")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def note(self, event):
        """Keeps what the console says against the page."""
        params = event.get("params", {})
        if event.get("method") == "Page.javascriptDialogOpening":
            # A page with unsaved changes asks whether to leave it: yes.
            self.send("Page.handleJavaScriptDialog", accept=True)
        if event.get("method") == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            text = details.get("exception", {}).get("description") or details["text"]
            self.console.append("exception: " + text)
        elif event.get("method") == "Runtime.consoleAPICalled":
            if params["type"] in ("error", "warning", "assert"):
                words = [str(a.get("value", a.get("description"))) for a in params["args"]]
                self.console.append(f"{params['type']}: {' '.join(words)}")
        elif event.get("method") == "Log.entryAdded":
            if params["entry"]["level"] in ("error", "warning"):
                self.console.append(f"log: {params['entry']['text']}")

    def size(self, width, height, scale=1):
        """Sets the window's size in CSS pixels."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=scale, mobile=False)

    def prefer(self, scheme, media=""):
        """What the system prefers, light or dark; `media` may be "print"."""
        self.call("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": scheme}])

    def open(self, address):
        self.call("Page.navigate", url=address)

    def run(self, script):
        """The value of an expression of JavaScript; promises are awaited."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True,
                           awaitPromise=True, userGesture=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return result["result"].get("value")

    def wait(self, script, what, seconds=20):
        """Waits until an expression holds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                value = self.run(script)
            except RuntimeError:
                value = None  # A page that is being loaded has nothing yet.
            if value:
                return value
            time.sleep(0.03)
        raise AssertionError(f"{what}: not after {seconds} s")

    keys = {
        "Tab": ("Tab", 9), "Enter": ("Enter", 13), "Escape": ("Escape", 27), "F8": ("F8", 119),
        "ArrowRight": ("ArrowRight", 39), "ArrowLeft": ("ArrowLeft", 37),
        "Delete": ("Delete", 46), "ArrowDown": ("ArrowDown", 40), "ArrowUp": ("ArrowUp", 38), "Home": ("Home", 36), "End": ("End", 35), " ": ("Space", 32),
    }

    def press(self, key, control=False, shift=False):
        """Presses a key as a person would."""
        code, number = self.keys.get(key, ("Key" + key.upper(), ord(key.upper()[0])))
        flags = (2 if control else 0) | (8 if shift else 0)
        common = {"key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": flags}
        text = "\r" if key == "Enter" else key if len(key) == 1 and not control else ""
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown",
                  **common, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def click(self, x, y):
        """Presses the left button of the mouse at a place of the window."""
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def tap(self, x, y):
        """Touches the screen at a place of the window."""
        self.call("Emulation.setTouchEmulationEnabled", enabled=True)
        self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        self.call("Emulation.setTouchEmulationEnabled", enabled=False)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def pdf(self):
        """The page as it is printed on A4."""
        result = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True,
                           paperWidth=8.27, paperHeight=11.69)
        return base64.b64decode(result["data"])

    def screenshot(self, path, full=False):
        """Writes a picture of the page."""
        result = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=full)
        with open(path, "wb") as file:
            file.write(base64.b64decode(result["data"]))

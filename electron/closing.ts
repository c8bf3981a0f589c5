// Closing the window while boards are in work: it asks, and then lets them finish. A board that is being locked is
// always waited for. The computer does not sleep while there is work.
import { app, type BrowserWindow, dialog, powerSaveBlocker } from 'electron';
import { pageLanguage } from './page-language.ts';
import type { Work } from './parent-messages.ts';
import { QUESTION_WORDS, type QuestionWords } from './question-words.ts';

export class Closing {
  readonly #finish: () => Promise<void>;
  #work: Work = { working: 0, locking: 0 };
  #awake: number | null = null;
  readonly #told = new AbortController();
  #state: 'open' | 'asking' | 'finishing' | 'done' = 'open';

  /** `finish` ends all programs, boards in work first. */
  constructor(finish: () => Promise<void>) {
    this.#finish = finish;
  }

  work(work: Work): void {
    this.#work = work;
    const busy = work.working + work.locking > 0;
    if (busy && this.#awake === null) this.#awake = powerSaveBlocker.start('prevent-app-suspension');
    if (busy || this.#awake === null) return;
    powerSaveBlocker.stop(this.#awake);
    this.#awake = null;
  }

  guard(window: BrowserWindow): void {
    window.on('close', (event) => {
      if (this.#state === 'done') return;
      event.preventDefault();
      this.#ask(window).catch(() => app.exit(3));
    });
  }

  async #ask(window: BrowserWindow): Promise<void> {
    if (this.#state !== 'open') return;
    this.#state = 'asking';
    const words = QUESTION_WORDS[await pageLanguage(window.webContents)];
    const mayClose = !this.#told.signal.aborted && (await this.#mayClose(window, words));
    // Told to end meanwhile: the answer comes too late to change that.
    if (this.#told.signal.aborted) return;
    if (!mayClose) {
      this.#state = 'open';
      return;
    }
    window.setTitle(words.finishing);
    await this.#finishAndQuit();
  }

  /** Without a question, and instead of one that is open, for whoever told the process to end. */
  async end(): Promise<void> {
    this.#told.abort();
    await this.#finishAndQuit();
  }

  /** Boards in work are finished. */
  async #finishAndQuit(): Promise<void> {
    if (this.#state === 'finishing' || this.#state === 'done') return;
    this.#state = 'finishing';
    await this.#finish();
    this.#state = 'done';
    app.quit();
  }

  async #mayClose(window: BrowserWindow, words: QuestionWords): Promise<boolean> {
    const { working, locking } = this.#work;
    if (working + locking === 0) return true;
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: words.inWork(working + locking),
      detail: words.closesLater,
      buttons: [words.finish, words.keepOpen],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
      signal: this.#told.signal,
    });
    return response === 0;
  }
}

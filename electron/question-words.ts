// What main asks and says in boxes of the system, in the languages of the window: the page's own words are out of its reach.
import type { Language } from '../domain/person.ts';

export interface QuestionWords {
  /** Of how many boards, one or more, the question to close is. */
  readonly inWork: (count: number) => string;
  readonly closesLater: string;
  readonly finish: string;
  readonly keepOpen: string;
  /** The window's title until they are finished. */
  readonly finishing: string;
  readonly practice: string;
  readonly practiceEnded: string;
  readonly realAgain: string;
  readonly ok: string;
}

export const QUESTION_WORDS: Readonly<Record<Language, QuestionWords>> = {
  en: {
    inWork: (count) => (count === 1 ? '1 board is in work.' : `${count} boards are in work.`),
    closesLater: 'Keyline closes when they are finished. Do not remove them.',
    finish: 'Finish and close',
    keepOpen: 'Keep open',
    finishing: 'Keyline: boards in work are finished first',
    practice: 'Practice',
    practiceEnded: 'The practice bench cannot go on.',
    realAgain: 'The real line opens again.',
    ok: 'OK',
  },
  'zh-CN': {
    inWork: (count) => `${count} 块板处理中。`,
    closesLater: '完成后 Keyline 会关闭。请勿取出板。',
    finish: '完成并关闭',
    keepOpen: '保持打开',
    finishing: 'Keyline：先完成处理中的板',
    practice: '练习',
    practiceEnded: '练习工作台无法继续。',
    realAgain: '正式产线会重新打开。',
    ok: '好',
  },
  es: {
    inWork: (count) => (count === 1 ? 'Hay 1 placa en curso.' : `Hay ${count} placas en curso.`),
    closesLater: 'Keyline se cierra cuando terminan. No las retire.',
    finish: 'Terminar y cerrar',
    keepOpen: 'Dejar abierto',
    finishing: 'Keyline: antes terminan las placas en curso',
    practice: 'Práctica',
    practiceEnded: 'El puesto de práctica no puede seguir.',
    realAgain: 'La línea real se abre otra vez.',
    ok: 'OK',
  },
  vi: {
    inWork: (count) => `Có ${count} bo đang làm.`,
    closesLater: 'Keyline đóng khi các bo này xong. Đừng tháo ra.',
    finish: 'Làm xong rồi đóng',
    keepOpen: 'Không đóng',
    finishing: 'Keyline: các bo đang làm xong trước',
    practice: 'Luyện tập',
    practiceEnded: 'Bàn luyện tập không thể tiếp tục.',
    realAgain: 'Chuyền thật mở lại.',
    ok: 'OK',
  },
  de: {
    inWork: (count) => (count === 1 ? '1 Platine ist in Arbeit.' : `${count} Platinen sind in Arbeit.`),
    closesLater: 'Keyline schließt, sobald sie fertig sind. Nicht entnehmen.',
    finish: 'Fertig machen und schließen',
    keepOpen: 'Offen lassen',
    finishing: 'Keyline: Platinen in Arbeit werden erst fertig',
    practice: 'Übung',
    practiceEnded: 'Der Übungsplatz kann nicht weiter.',
    realAgain: 'Die echte Linie öffnet wieder.',
    ok: 'OK',
  },
};

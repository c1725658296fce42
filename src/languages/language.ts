import type { NewProject } from "./new_project.ts";
import type { ProjectFile, TakingPlace } from "./taking_place.ts";
import type { ProjectPrograms } from "./project_commands.ts";
import type { Quote } from "./quotes.ts";
import type { Runner } from "./runner.ts";
import type { StandardNames } from "./standard_names.ts";
import type { TestCase, TestPlace } from "./test_cases.ts";
import { type Wording } from "../sentences/say.ts";

/** A function or method of a text, lines counted from 1 and included. */
export interface Definition {
  /** Its name; `Class.method` for one inside a class. */
  readonly name: string;
  /** First line of the definition itself. */
  readonly from: number;
  /** Last line of the definition. */
  readonly to: number;
  /** First of the comments and decorators right above it; `from` where there are none. */
  readonly head: number;
}

/** A part of a text, from a character to the one after its end. */
export type Part = readonly [from: number, to: number];

/** How files of a language take names from others. */
export interface Imports {
  /** A line that says where names come from or belong to: it begins an import, or names a package. */
  readonly line: RegExp;
  /** A line that opens a block of imports, one in a line, up to a bracket that closes it. */
  readonly block?: RegExp;
  /** Files that only pass on what others hold: one looks through them. */
  readonly passesOn?: RegExp;
  /** A line behind which no import stands any more; absent where one may stand anywhere. */
  readonly before?: RegExp;
  /**
   * Says by which names, a point behind them, what an import gives is used, where an import of which nothing is used is a fault: it does not
   * come in, and goes with its last use. Absent where it is none, since much is imported for what it does.
   *
   * @param statement the import
   * @returns the names; null where it may be used without one
   */
  usedAs?(statement: string): readonly string[] | null;
  /** What its own library gives, where code that uses it and does not import it cannot run; absent where nothing is known of that. */
  readonly standard?: StandardNames;
  /**
   * Finds the files of a project that one of them imports.
   *
   * @param path the file, relative to the project
   * @param text its text
   * @param files files of the project
   * @returns files among them, in order of the imports; some may be named twice
   */
  files?(path: string, text: string, files: readonly string[]): readonly string[];
  /**
   * Writes the import by which a file takes one name from another of its project. Absent where it is not known how.
   *
   * @param name what is taken; the other file offers it by that name
   * @param from the other file
   * @param place where it is taken to
   * @returns the statement; null where it cannot be told
   */
  taking?(name: string, from: ProjectFile, place: TakingPlace): string | null;
  /** What its code calls without an import: where a file of the project offers that name, too, nobody knows which is meant. */
  readonly given?: readonly string[];
}

/** What shows the standards by which a project is written, told in sentences. */
export interface Standards {
  /** What a configuration in the project's folder says of how code is written, by the file's name. */
  readonly configurations?: Readonly<Record<string, (text: string, from: Wording) => readonly string[]>>;
  /** What the texts of neighbouring files have in common. */
  readonly habits?: (texts: string, from: Wording) => readonly string[];
}

/** What the tools of a language need where nothing in the home folder can be written. */
export interface Caches {
  /** Variables that name a folder which a tool writes, by the name of a private folder for it. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Variables without which a tool would wait for a network that is not there, or stop at a cache that it can only read. */
  readonly offline?: Readonly<Record<string, string>>;
  /** Variables that are set with and without a network. */
  readonly always?: Readonly<Record<string, string>>;
}

/** All that is known of a programming language, or of what else a project is built and checked by. */
export interface Language {
  /** Its name, such as `python`. */
  readonly name: string;
  /** Paths of its files. */
  readonly files: RegExp;
  /**
   * Finds the functions and methods of a text, those inside functions left out.
   *
   * @param writing how code is told from the rest of the text: the language itself
   * @returns definitions in order, a name twice where it is defined twice
   */
  readonly definitions?: (text: string, writing: Pick<Language, "comments" | "quotes">) => Definition[];
  /**
   * What stands in the body of a function that does nothing; empty where nothing has to. Absent where such a function cannot be compiled, or
   * what is used in it alone would be missed.
   */
  readonly emptyBody?: string;
  /**
   * Writes a function that came without what it belongs to as the method in whose place it is put: with its receiver, `self`, the words of its
   * class. Absent where a method is written as any function is.
   *
   * @param before text of the method that stands there, from its first line
   * @param anew text of the function
   * @param head the comments and decorators that were written above it; empty for none
   * @returns the text, as it came where nothing is missing or the other is no method
   */
  readonly asMethod?: (before: string, anew: string, head: string) => string;
  /** How its files take names from others. */
  readonly imports?: Imports;
  /**
   * Names what a file shares its functions' names with, among the files of its folder; null where nothing says so. Absent where each file has
   * names of its own.
   */
  readonly folderScope?: (text: string) => string | null;
  /** Finds the names that a text offers to other files; absent where that cannot be told. */
  readonly exports?: (text: string) => string[];
  /** What begins a comment: `/*` one that has an end of its own, the others go to the end of their line. */
  readonly comments?: readonly string[];
  /** How a text is enclosed in its code, the first that fits; absent where it is as in most languages. */
  readonly quotes?: readonly Quote[];
  /** A line at the margin at which the end of a file begins, behind its definitions: what it gives to others, its tests. */
  readonly tail?: RegExp;
  /** Blank lines between two definitions at the margin; one where absent. */
  readonly apart?: number;
  /** Paths of files that judge the work and are not named as tests are in most languages. */
  readonly tests?: RegExp;
  /** Its tests whose names sources have, too, such as `test.js` and `tests.py`. */
  readonly bareTests?: {
    readonly names: RegExp;
    /**
     * Tells whether such a file holds tests.
     *
     * @param text of it
     * @param assertsAlone whether one that asserts without a runner counts
     */
    readonly holds: (text: string, assertsAlone: boolean) => boolean;
  };
  /** Paths of files that a runner loads by itself, or that say what it does: they judge the work, though they are no tests. */
  readonly loads?: RegExp;
  /** Paths at which a new file would stand in for a module that a runner needs. */
  readonly shadows?: RegExp;
  /** Where a new test stands in a project that has none, `{{name}}` for what it is about. */
  readonly newTest?: string;
  /** Writes a test of some calls, as the test beside it is written; null where that cannot be told. Absent where it is not known how. */
  readonly writeTest?: (cases: readonly TestCase[], place: TestPlace) => string | null;
  /** Whether a line that gives a name a value declares it; absent where a word does. */
  readonly declaresByValue?: true;
  /** Puts tests that are written as parts of a group and stand in none into one as the test beside them has it; absent where none needs one. */
  readonly inGroupOf?: (text: string, like: string, language: Language) => string;
  /** What a test says something by: the first group holds the rest of the line, which is what it says something of. Global. */
  readonly asserts?: RegExp;
  /** How new projects are set up; a language may be known by more than one name. */
  readonly newProjects?: readonly NewProject[];
  /** How its tools say that a name is missing: the first group that is there holds it. Global. */
  readonly missing?: RegExp;
  /**
   * How they say that a test cannot be read as this language, or fails by its own fault. Where the group `own` is there, it holds the name
   * of a class, and that counts where the test itself defines it.
   */
  readonly malformed?: RegExp;
  /** Finds the tests that stand inside a source file; absent where tests have files of their own. */
  readonly testsIn?: (text: string) => readonly Part[];
  /**
   * Names the files whose tests a source has as a module of its own, whatever they are called; absent where the language has no such modules.
   *
   * @param path the source, relative to the project
   * @param text its text
   * @returns paths at which they may stand
   */
  readonly testFiles?: (path: string, text: string) => readonly string[];
  /** A line by which a source takes hold of its test runner, or of the process it runs in. */
  readonly holdsRunner?: RegExp;
  /** A line behind which, indented, stands what is not run when a file is only imported. */
  readonly mainGuard?: RegExp;
  /** Names of ignored entries that hold what its projects use and do not make: a workspace sees those of the project, to be read. */
  readonly dependencies?: RegExp;
  /** Commands that change what its projects use: in a workspace, where that can only be read, they are noted and run in the project later. */
  readonly changesProject?: ProjectPrograms;
  /** Relative paths inside such entries where its tools insist on writing. */
  readonly spots?: readonly string[];
  /** Names of ignored entries that its tools build from the sources, and build on the next time: a workspace has its own. */
  readonly builds?: RegExp;
  /** Names of ignored entries that its tools leave behind and that are made anew at little cost: no workspace takes them over. */
  readonly traces?: RegExp;
  /** A line that opens a test case which is no function of its own. */
  readonly testCase?: RegExp;
  /** Names, apart by blanks, that stand in so many of its texts that they tell none of them apart. */
  readonly common?: string;
  /** What shows how its projects are written. */
  readonly standards?: Standards;
  /** What its tools need in a sandbox. */
  readonly caches?: Caches;
  /** Programs that check its projects; of two that could check the same, the first is asked first. */
  readonly runners?: readonly Runner[];
}

/** Languages by name, in the order in which they are asked. */
export type Languages = Readonly<Record<string, Language>>;

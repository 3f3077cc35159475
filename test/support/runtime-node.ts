/** The Node that runs Ahoy: the one that runs the tests, which the test script chose. */
export const runtimeNode = process.execPath;

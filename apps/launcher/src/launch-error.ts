/** A reason not to go on, told in one sentence that says what to do. */
export class LaunchError extends Error {}

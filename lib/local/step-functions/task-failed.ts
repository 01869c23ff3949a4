/** A task's call that failed, by the error's name in the states language, e.g. `Lambda.AccessDeniedException`. */
export class TaskFailed extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

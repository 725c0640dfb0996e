"""What a very large class costs, from the processor time of a small one on this machine.

Prints the time per submission of grading (which any number of cores share) and of recording (which one
process does: gradebook, notebooks, pages), the hours of core time and the money for a class of any size, and
from how many cores on recording is what everybody waits for::

    python benchmarks/cost_of_a_large_class.py --price 0.05
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import psutil
from sample_class import make_course

from autograder import scheduling
from autograder.gradebook import open_record
from autograder.workplace import ThisMachine


def main() -> None:
    """Measure a class and print what a larger one costs."""
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder:
        grading_s, recording_s, recording_clock_s, crossing = measured(
            Path(folder) / "course", asked.measured
        )
    total_h = (grading_s + recording_s) * asked.class_size / 3600
    print(f"measured with {asked.measured} submissions, in this process, one after the other")
    print(f"grading:   {grading_s * 1000:7.0f} ms of processor time per submission")
    print(
        f"recording: {recording_s * 1000:7.0f} ms of processor time per submission, "
        f"{1 / recording_clock_s:.0f} submissions per second by the clock"
    )
    print(f"crossing:  {crossing / 1024:7.0f} KiB to a worker for each submission")
    print(f"{asked.class_size} submissions: {total_h:.1f} core hours, {total_h * asked.price:.2f} in all")
    print(f"            recorded by one process in {recording_clock_s * asked.class_size / 3600:.1f} hours")
    print(
        f"            more than {grading_s / recording_clock_s:.0f} cores for grading wait for the recording"
    )


def arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--measured", type=int, default=40, help="submissions to measure with")
    parser.add_argument("--class-size", type=int, default=100_000, help="submissions to calculate for")
    parser.add_argument("--price", type=float, default=0.05, help="of one core for one hour, in any currency")
    return parser.parse_args()


def measured(root: Path, size: int) -> tuple[float, float, float, float]:
    """Return grading and recording in processor seconds, recording by the clock, bytes to a worker; each."""
    import pickle  # noqa: PLC0415 - what Dask sends is as large as this; nothing is read

    course = make_course(root, "affine", size + 2, figures=False)
    about = course.read_assignment("affine")
    folders = scheduling.submission_folders(course, "affine")
    with open_record(course, about) as record:
        setup = scheduling.make_setup(course, about, record.template, None)
        sent = [len(pickle.dumps((setup, scheduling.collect(*each, "affine")))) for each in folders.items()]
        recording_s = recording_clock_s = 0.0
        started_s, each_graded = 0.0, scheduling.grade_class(course, setup, folders, ThisMachine(1))
        for done, (student, graded) in enumerate(each_graded):
            before_s, clock_s = processor_s(), time.perf_counter()
            record.write(student, graded)
            now_s = processor_s()
            if done < 2:  # noqa: PLR2004 - the first pay for imports and signatures
                started_s = now_s
            else:
                recording_s += now_s - before_s
                recording_clock_s += time.perf_counter() - clock_s
        grading_s = processor_s() - started_s - recording_s
    return grading_s / size, recording_s / size, recording_clock_s / size, sum(sent) / len(sent)


def processor_s() -> float:
    """Return the processor time of this process and all that it started."""
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    total = 0.0
    for process in family:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


if __name__ == "__main__":
    main()

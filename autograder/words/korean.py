"""The words in Korean. A test compares them with what is said: none is missing or left over."""

KOREAN: dict[str, str] = {
    # ----- a student's feedback -----
    "Feedback": "피드백",
    "Your points": "내 점수",
    "so far": "지금까지",
    "Exercises, tested automatically": "자동으로 채점한 문제",
    "Questions, graded by a person": "사람이 채점하는 서술형 문제",
    "not yet graded": "아직 채점 전",
    "{n} not yet graded": "{n}개는 아직 채점 전",
    "Lateness": "지각 제출",
    "This submission could not be graded": "이 제출물은 채점할 수 없었습니다",
    "What was put right in your notebook": "노트북에서 바로잡은 것",
    "changed by your grader, was {score}": "채점자가 고친 점수, 원래 {score}",
    "Parts": "부분 점수",
    "You have not done this exercise yet: it still raises NotImplementedError.": (
        "아직 풀지 않은 문제입니다. 코드가 그대로 NotImplementedError를 일으킵니다."
    ),
    "Think about this": "생각해 보세요",
    "recognised as": "진단:",
    "Comment of your grader": "채점자의 의견",
    "passed": "통과",
    "not met": "통과하지 못함",
    "could not be tested": "확인할 수 없었음",
    "not tested": "확인하지 않음",
    "{passed} of {all} tests of this passed": "이 항목의 테스트 {all}개 중 {passed}개 통과",
    "What the tests found is not kept any more.": "테스트 결과의 내용은 더 이상 보관되어 있지 않습니다.",
    "What was tested": "테스트한 것",
    "In a public test": "공개 테스트에서",
    "This part was not tested.": "이 부분은 확인하지 못했습니다.",
    "This part pays only together with the others: first they have to give the right values.": (
        "이 부분의 점수는 값이 먼저 맞아야 받을 수 있습니다."
    ),
    "Your notebook, as it was graded": "채점한 노트북",
    "your solution": "내 풀이",
    "your answer": "내 답",
    "The result stands above": "결과는 위에 있습니다",
    "… and {n} more characters": "… 그 밖에 {n}자",
    "A figure that this cell drew": "이 셀이 그린 그림",
    "(Saved without its figure; grading does not draw it.)": (
        "(그림 없이 저장된 셀입니다. 채점할 때는 그리지 않습니다.)"
    ),
    "A figure that is too large to be shown here": "너무 커서 여기에 보일 수 없는 그림",
    # ----- beneath a test cell, in the formgrader -----
    "{score} of {max} points": "{max}점 중 {score}점",
    # ----- the class page -----
    "Class report": "학급 보고서",
    "{n} submissions": "제출물 {n}개",
    "Nothing has been graded yet. Run: autograder grade {name}": (
        "아직 채점한 것이 없습니다. 실행할 명령: autograder grade {name}"
    ),
    "graded": "채점함",
    "mean": "평균",
    "median": "중앙값",
    "with all points": "만점",
    "could not be graded": "채점할 수 없음",
    "{n} students": "학생 {n}명",
    "Could not be graded": "채점할 수 없었던 제출물",
    "They have 0 points until somebody looks.": "누군가 확인할 때까지 0점입니다.",
    "What to talk about": "수업에서 다룰 것",
    "Misconceptions that were recognised, by the number of students who have them.": (
        "진단한 오개념과 그 오개념을 보인 학생 수"
    ),
    "No known misconception was found.": "알려진 오개념은 없었습니다.",
    "{n} more answers are wrong in a way that is not known.": (
        "그 밖에 답안 {n}개는 알려지지 않은 방식으로 틀렸습니다."
    ),
    "Scores": "점수",
    "Students by points in the exercises that are graded automatically.": (
        "자동으로 채점한 문제의 점수별 학생 수"
    ),
    "Distribution of scores": "점수 분포",
    "{label} points: {count}": "{label}점: {count}명",
    "points": "점수",
    "Exercises and their parts": "문제와 부분 점수",
    "Students with all points there, of those who were graded.": "채점한 학생 가운데 만점을 받은 학생",
    "mean {mean} of {max}": "{max}점 중 평균 {mean}점",
    "{n} not begun": "{n}명은 시작하지 않음",
    "{n} points": "{n}점",
    "Slowest submissions": "가장 오래 걸린 제출물",
    "Seconds to run and test, by the clock.": "실행과 테스트에 걸린 시간(초)",
    "Students": "학생",
    "Student": "학생",
    "Points": "점수",
    "Misconceptions": "오개념",
    # ----- `autograder check` -----
    "This notebook cannot be graded.": "이 노트북은 채점할 수 없습니다.",
    "Before you submit:": "제출하기 전에:",
    # ----- check("...") in the notebook -----
    "{exercise} is not done yet.": "{exercise}: 아직 풀지 않았습니다.",
    "{exercise} is not right yet: {parts} ({wrong} of {all} parts).": (
        "{exercise}: 아직 맞지 않습니다. {parts} ({all}개 부분 중 {wrong}개)."
    ),
    "{exercise} is right: {n} tests passed.": "{exercise}: 맞았습니다. 테스트 {n}개를 통과했습니다.",
    "It was not tested.": "확인하지 못했습니다.",
    "The same as for {aspect}.": "{aspect}의 경우와 같습니다.",
    "({n} more tests of this part failed.)": "(이 부분에서 통과하지 못한 테스트가 {n}개 더 있습니다.)",
    "Think about it:": "생각해 보세요:",
    "Your code printed:": "코드가 출력한 것:",
    "... ({n} more lines)": "... ({n}줄 더)",
    "right": "맞음",
    "not right yet": "아직 맞지 않음",
    "the numbers": "숫자로 보기",
    "expected": "정답",
    "yours": "내 답",
    "update": "갱신",
    "{wrong} of {all} entries disagree; they have a thick frame.": (
        "{all}개 항목 중 {wrong}개가 다릅니다. 굵은 테두리로 표시했습니다."
    ),
    "{entry} leaves the expected path at update {n}.": "{entry}: {n}번째 갱신에서 정답 경로를 벗어납니다.",
}

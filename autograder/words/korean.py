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
    "A figure that is too large to be shown here": "너무 커서 여기에 보일 수 없는 그림",
}

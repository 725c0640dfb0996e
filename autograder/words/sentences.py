"""Sentences that results hold, in Korean: English template to Korean template.

Results are written in English, whatever language they are read in; `retelling` finds the template that a
sentence was made from. A test compares the templates with the code that says them.
"""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # ----- what a check found -----
    "{name} has shape {shape}, expected {expected}.": "{name}: 형상이 {shape}인데, {expected}이어야 합니다.",
    "{name} has dtype {dtype}, expected {expected}.": "{name}: dtype이 {dtype}인데, {expected}이어야 합니다.",
    "{name} has dtype {dtype}, expected {expected}: whole numbers cannot hold a fraction.": (
        "{name}: dtype이 {dtype}인데, {expected}이어야 합니다. 정수는 소수를 담을 수 없습니다."
    ),
    "{name} is {what}; expected a NumPy array of shape {shape}.": (
        "{name}: {what}입니다. 형상이 {shape}인 NumPy 배열이어야 합니다."
    ),
    "{name} is {what} (was the result returned, or stored under this name?); "
    "expected a NumPy array of shape {shape}.": (
        "{name}: {what}입니다(결과를 반환했나요, 이 이름으로 저장했나요?). "
        "형상이 {shape}인 NumPy 배열이어야 합니다."
    ),
    "{name} holds nan or inf in {n} of {all} entries.": (
        "{name}: 원소 {all}개 중 {n}개가 nan 또는 inf입니다."
    ),
    "{name} holds nan or inf in {n} of {all} entries, first at index {index}.": (
        "{name}: 원소 {all}개 중 {n}개가 nan 또는 inf이고, 첫 번째 위치는 {index}입니다."
    ),
    "{name} is wrong in {n} of {all} entries.": "{name}: 원소 {all}개 중 {n}개가 틀렸습니다.",
    "{name} is wrong in {n} of {all} entries, first at index {index}.": (
        "{name}: 원소 {all}개 중 {n}개가 틀렸고, 첫 번째 위치는 {index}입니다."
    ),
    "Every entry is {factor} times what it has to be.": "모든 원소가 맞는 값의 {factor}배입니다.",
    "Every entry is {factor} times what it was.": "모든 원소가 이전 값의 {factor}배입니다.",
    "All entries are zero.": "모든 원소가 0입니다.",
    "{name} is {what} now; it was {was} before.": "{name}: 지금은 {what}이고, 전에는 {was}이었습니다.",
    "{name} is another value now.": "{name}: 값이 달라졌습니다.",
    "{name} has shape {shape} now; it had {was} before.": (
        "{name}: 지금은 형상이 {shape}이고, 전에는 {was}이었습니다."
    ),
    "{name} is different now in {n} of {all} entries.": "{name}: 원소 {all}개 중 {n}개가 달라졌습니다.",
    "{name} is different now in {n} of {all} entries, first at index {index}.": (
        "{name}: 원소 {all}개 중 {n}개가 달라졌고, 첫 번째 위치는 {index}입니다."
    ),
    "{name} holds {n} values now; it held {was} before.": (
        "{name}: 지금은 값이 {n}개이고, 전에는 {was}개였습니다."
    ),
    "{name} was changed: it is {what}, it was {was}.": "{name}: 바뀌었습니다. 지금은 {what}, 전에는 {was}.",
    "{name} was changed: its keys are {keys}, they were {was}.": (
        "{name}: 바뀌었습니다. 지금 키는 {keys}이고, 전에는 {was}이었습니다."
    ),
    "{name} was changed: {n} of {all} entries are not what they were before.": (
        "{name}: 바뀌었습니다. 원소 {all}개 중 {n}개가 이전과 다릅니다."
    ),
    "{name} is another array than before the call: whoever holds the old one, such as a layer, "
    "does not see the change.": (
        "{name}: 호출 전과 다른 배열입니다. 이전 배열을 가지고 있는 쪽(예: 계층)은 바뀐 값을 보지 못합니다."
    ),
    "{name} is gone after update {n}.": "{name}: {n}번째 갱신 뒤에 사라졌습니다.",
    "This is after update {n}.": "{n}번째 갱신 뒤의 일입니다.",
    "This is after update {n}; {keys} is right.": "{n}번째 갱신 뒤의 일이고, {keys}의 값은 맞습니다.",
    "This is after update {n}; {keys} are right.": "{n}번째 갱신 뒤의 일이고, {keys}의 값은 맞습니다.",
    "This is after update {n}; after update 1 all was right.": (
        "{n}번째 갱신 뒤의 일이고, 첫 번째 갱신까지는 모두 맞았습니다."
    ),
    "This is after update {n}; after update 1 all was right; {keys} is right.": (
        "{n}번째 갱신 뒤의 일이고, 첫 번째 갱신까지는 모두 맞았으며, {keys}의 값은 여전히 맞습니다."
    ),
    "This is after update {n}; after update 1 all was right; {keys} are right.": (
        "{n}번째 갱신 뒤의 일이고, 첫 번째 갱신까지는 모두 맞았으며, {keys}의 값은 여전히 맞습니다."
    ),
    "This is after update {n}; up to update {last} all was right.": (
        "{n}번째 갱신 뒤의 일이고, {last}번째 갱신까지는 모두 맞았습니다."
    ),
    "This is after update {n}; up to update {last} all was right; {keys} is right.": (
        "{n}번째 갱신 뒤의 일이고, {last}번째 갱신까지는 모두 맞았으며, {keys}의 값은 여전히 맞습니다."
    ),
    "This is after update {n}; up to update {last} all was right; {keys} are right.": (
        "{n}번째 갱신 뒤의 일이고, {last}번째 갱신까지는 모두 맞았으며, {keys}의 값은 여전히 맞습니다."
    ),
    "{name} is given code and needs a name that is missing: {detail}. Repair that first.": (
        "{name}: 주어진 코드인데 필요한 이름이 없습니다({detail}). 그것부터 고치세요."
    ),
    "{name} is given code and was changed: {detail}. Put the given code back first.": (
        "{name}: 주어진 코드가 바뀌었습니다({detail}). 처음 받은 코드로 되돌리세요."
    ),
    "expected:": "정답:",
    "actual:": "내 답:",
    "before:": "이전:",
    "now:": "지금:",
    "after:": "이후:",
    "before: {value}": "이전: {value}",
    "now: {value}": "지금: {value}",
    "actual: {value}": "내 답: {value}",
    "actual shape: {shape}": "내 답의 형상: {shape}",
    # ----- what ended a test -----
    "With {sizes}: {found}": "{sizes}일 때: {found}",
    "Not done yet: the stub is still there": "아직 풀지 않음: 처음 받은 코드 그대로입니다",
    "Not done yet: {text}": "아직 풀지 않음: {text}",
    "{doing} raised {type}": "{doing}에서 {type} 예외가 났습니다",
    "{doing} raised {type}: {text}": "{doing}에서 {type} 예외가 났습니다: {text}",
    "{doing} raised {type} (the message is not shown, because it could repeat the inputs of this test, "
    "which are hidden)": (
        "{doing}에서 {type} 예외가 났습니다(메시지에 이 테스트의 숨은 입력이 담길 수 있어 보이지 않습니다)"
    ),
    "This does not hold.": "성립하지 않습니다.",
    "What your code gave cannot be used as required ({type}).": (
        "코드가 준 값을 필요한 대로 쓸 수 없습니다({type})."
    ),
    "What your code gave cannot be used as required ({type}: {text}).": (
        "코드가 준 값을 필요한 대로 쓸 수 없습니다({type}: {text})."
    ),
    "This could not be checked ({what}). It is a fault of the tests: please tell your instructor.": (
        "확인할 수 없었습니다({what}). 테스트의 잘못이니 담당자에게 알려 주세요."
    ),
    "Not run, because of what an earlier test met: {reason}": (
        "앞선 테스트 때문에 실행하지 않았습니다: {reason}"
    ),
    "{name} is not defined.": "{name}: 정의되지 않았습니다.",
    "{name} is not defined: {reason}.": "{name}: 정의되지 않았습니다({reason}).",
    "… ({n} more characters were cut: the limit for the output of a cell is {size} KiB)": (
        "… ({n}자를 더 잘랐습니다. 셀 하나의 출력 한도는 {size} KiB입니다)"
    ),
    "… (more was displayed and cut: the limit for what a cell displays is {size} KiB)": (
        "… (더 표시한 것은 잘랐습니다. 셀 하나가 표시할 수 있는 한도는 {size} KiB입니다)"
    ),
    "… (more was displayed and cut: the limit for a cell is {n} outputs)": (
        "… (더 표시한 것은 잘랐습니다. 셀 하나의 출력은 {n}개까지입니다)"
    ),
    "(not kept: the limit for the output of all cells together is {size} KiB)": (
        "(보관하지 않음: 모든 셀의 출력을 합한 한도는 {size} KiB입니다)"
    ),
    # ----- why a submission could not be graded -----
    "The reason is unknown.": "까닭을 알 수 없습니다.",
    "It could not be run: {reason}.": "실행할 수 없었습니다: {reason}.",
    "A test could not be carried out ({id}): {found}": "테스트 하나를 실행할 수 없었습니다({id}): {found}",
    "{n} of {all} tests were carried out; grade this submission again.": (
        "테스트 {all}개 중 {n}개만 실행되었습니다. 이 제출물을 다시 채점하세요."
    ),
    "The folder {name} is a symbolic link; submit the files themselves.": (
        "폴더 {name}: 심볼릭 링크입니다. 파일 자체를 제출하세요."
    ),
    "There is no folder {name} in this submission; submit the assignment again.": (
        "이 제출물에 폴더 {name}이(가) 없습니다. 과제를 다시 제출하세요."
    ),
    "There is no {file} in this submission; submit the notebook under this name.": (
        "이 제출물에 {file} 파일이 없습니다. 노트북을 이 이름으로 제출하세요."
    ),
    "There is no {file}; submit the notebook under this name.": (
        "{file} 파일이 없습니다. 노트북을 이 이름으로 제출하세요."
    ),
    "The notebook must be called {file}, but {name} was submitted; rename it.": (
        "노트북의 이름은 {file}이어야 하는데 {name}이(가) 제출되었습니다. 이름을 바꾸세요."
    ),
    "The notebook must be called {file}, but there are {n} others ({names}); submit one.": (
        "노트북의 이름은 {file}이어야 하는데 다른 노트북이 {n}개 있습니다({names}). 하나만 제출하세요."
    ),
    "{file} cannot be read ({text}); submit it again.": "{file}: 읽을 수 없습니다({text}). 다시 제출하세요.",
    "{file} is {kind}, not a file; submit the notebook itself.": (
        "{file}: 파일이 아니라 {kind}입니다. 노트북 자체를 제출하세요."
    ),
    "{file} has {size} MiB, more than the {most} MiB allowed; clear its outputs, save it and submit again.": (
        "{file}: {size} MiB로, 허용된 {most} MiB보다 큽니다. 출력을 지우고 저장한 뒤 다시 제출하세요."
    ),
    "{file} is empty; save your notebook and submit again.": (
        "{file}: 비어 있습니다. 노트북을 저장하고 다시 제출하세요."
    ),
    "{file} is UTF-16 text, not UTF-8; save it with JupyterLab and submit that file.": (
        "{file}: UTF-8이 아니라 UTF-16 텍스트입니다. JupyterLab에서 저장한 파일을 제출하세요."
    ),
    "{file} contains null bytes, as after a broken copy or synchronisation; submit an intact file.": (
        "{file}: 복사나 동기화가 잘못되었을 때처럼 널 바이트가 들어 있습니다. 온전한 파일을 제출하세요."
    ),
    "{file} is not UTF-8 text (byte {byte} at position {n}); save it with JupyterLab and submit that file.": (
        "{file}: UTF-8 텍스트가 아닙니다(위치 {n}의 바이트 {byte}). JupyterLab에서 저장한 파일을 제출하세요."
    ),
    "{file} is nested far too deeply for a notebook; submit the file JupyterLab saves.": (
        "{file}: 노트북치고는 너무 깊이 중첩되어 있습니다. JupyterLab이 저장한 파일을 제출하세요."
    ),
    "{file} holds a number too long to read; submit the file JupyterLab saves.": (
        "{file}: 읽을 수 없을 만큼 긴 수가 들어 있습니다. JupyterLab이 저장한 파일을 제출하세요."
    ),
    "{file} breaks off in line {n}, as after an incomplete upload; submit the whole file.": (
        "{file}: 업로드가 끝나지 않았을 때처럼 {n}번째 줄에서 끊겨 있습니다. 파일 전체를 제출하세요."
    ),
    "{file} is a web page, not a notebook; download the .ipynb file itself and submit that.": (
        "{file}: 노트북이 아니라 웹 페이지입니다. .ipynb 파일 자체를 내려받아 제출하세요."
    ),
    "{file} is no notebook: it is not JSON (line {n}, column {m}); submit the file JupyterLab saves.": (
        "{file}: 노트북이 아닙니다. JSON이 아닙니다({n}번째 줄 {m}번째 열). "
        "JupyterLab이 저장한 파일을 제출하세요."
    ),
    "{file} has {n} cells, more than the {most} allowed; delete what you added.": (
        "{file}: 셀이 {n}개로, 허용된 {most}개보다 많습니다. 덧붙인 셀을 지우세요."
    ),
    "{file} holds {n} million characters of text and code, and 1 million is allowed; "
    "delete what you added.": (
        "{file}: 글과 코드가 {n}백만 자입니다. 백만 자까지 허용됩니다. 덧붙인 것을 지우세요."
    ),
    "{file} is JSON but no notebook; submit the file JupyterLab saves.": (
        "{file}: JSON이지만 노트북이 아닙니다. JupyterLab이 저장한 파일을 제출하세요."
    ),
    "{file} is of notebook format {n}, and format 4 is needed; save it as such.": (
        "{file}: 노트북 형식 {n}입니다. 형식 4로 저장하세요."
    ),
    "{file} has no list of cells, so it is no notebook; submit the file JupyterLab saves.": (
        "{file}: 셀 목록이 없어 노트북이 아닙니다. JupyterLab이 저장한 파일을 제출하세요."
    ),
    # ----- what was put right in a notebook -----
    "The cell {name} was there {n} times; one of them counts as such, "
    "and the others were run like any other cell.": (
        "셀 {name}: {n}개 있었습니다. 그중 하나만 그 셀로 인정하고, 나머지는 여느 셀처럼 실행했습니다."
    ),
    "The cell {name} was missing and has been put back.": "셀 {name}: 없어져서 다시 넣었습니다.",
    "The cell {name} was missing from this submission.": "셀 {name}: 이 제출물에 없었습니다.",
    "The cell {name} had become a {kind} cell and was read as {given}.": (
        "셀 {name}: {kind} 셀로 바뀌어 있어 {given} 셀로 읽었습니다."
    ),
    "The cell {name} had lost its name and was recognised by its place or content.": (
        "셀 {name}: 이름이 없어져 자리나 내용으로 알아보았습니다."
    ),
    "The points or settings of the cell {name} had been changed; the assignment's own hold.": (
        "셀 {name}: 점수나 설정이 바뀌어 있었습니다. 과제 원래의 것이 적용됩니다."
    ),
    "The cell {name} is locked: its own text was put back.": (
        "셀 {name}: 잠긴 셀입니다. 원래 내용으로 되돌렸습니다."
    ),
    "The cell {name} is locked: its own text was put back, and what you wrote there follows it.": (
        "셀 {name}: 잠긴 셀입니다. 원래 내용으로 되돌렸고, 거기에 쓴 것은 그 뒤에 있습니다."
    ),
    # ----- before a notebook is submitted -----
    "The file must be called {file} when it is submitted; this one is {name}.": (
        "제출할 때 파일 이름은 {file}이어야 합니다. 지금은 {name}입니다."
    ),
    "The cell {name} is gone or was renamed; get it back from the released notebook.": (
        "셀 {name}: 없어졌거나 이름이 바뀌었습니다. 처음 받은 노트북에서 되살리세요."
    ),
    "The cell {name} is there {n} times; keep one and delete the copies.": (
        "셀 {name}: {n}개 있습니다. 하나만 남기고 지우세요."
    ),
    "The cell {name} is of the type {kind}; make it {given} again.": (
        "셀 {name}: 종류가 {kind}입니다. 다시 {given}(으)로 바꾸세요."
    ),
    "The cell {name} is still as it was given out.": "셀 {name}: 처음 받은 그대로입니다.",
    "The cell {name} was changed; the original will be used when it is graded.": (
        "셀 {name}: 바뀌었습니다. 채점할 때는 원래 것을 씁니다."
    ),
    "There is a cell {name} that is not part of this assignment; was it copied or renamed?": (
        "셀 {name}: 이 과제에 없는 셀입니다. 복사했거나 이름을 바꾸었나요?"
    ),
    "The assignment {name} has no exercise {id}. Did you mean {near}?": (
        "과제 {name}에는 {id}(이)라는 문제가 없습니다. {near}을(를) 뜻했나요?"
    ),
    "The assignment {name} has no exercise {id}. It has {names}.": (
        "과제 {name}에는 {id}(이)라는 문제가 없습니다. 있는 문제: {names}."
    ),
    # ----- why something is missing -----
    "run the cell that defines it": "정의하는 셀을 실행하세요",
    "no cell defines {name}": "{name}을(를) 정의하는 셀이 없습니다",
    "a cell could not be finished: {reason}": "끝나지 못한 셀이 있습니다: {reason}",
    "the cell that defines it could not be finished: {reason}": "정의하는 셀이 끝나지 못했습니다: {reason}",
    "the cell that defines it ended with {type}: {text}": "정의하는 셀이 {type} 예외로 끝났습니다: {text}",
    "the notebook could not be run: {reason}": "노트북을 실행할 수 없었습니다: {reason}",
    "the notebook's process sent what it should not": "노트북의 프로세스가 보내서는 안 될 것을 보냈습니다",
    "the notebook's process sent what it should not ({text})": (
        "노트북의 프로세스가 보내서는 안 될 것을 보냈습니다({text})"
    ),
    "a call sent back what it should not ({text})": "호출이 돌려보내서는 안 될 것을 보냈습니다({text})",
    # ----- how a process ended -----
    "the cell used more than {s} s of CPU time and was stopped": (
        "셀이 CPU 시간을 {s}초보다 오래 써서 중단되었습니다"
    ),
    "the cell used more than {s} s of CPU time": "셀이 CPU 시간을 {s}초보다 오래 썼습니다",
    "the cell took more than {s} s": "셀이 {s}초보다 오래 걸렸습니다",
    "the cells used more than {s} s of CPU time together and were stopped": (
        "셀들이 CPU 시간을 모두 합해 {s}초보다 오래 써서 중단되었습니다"
    ),
    "the cell did not finish within {s} s and was stopped": "셀이 {s}초 안에 끝나지 않아 중단되었습니다",
    "{who} did not finish within {s} s and were stopped": "{who}: {s}초 안에 끝나지 않아 중단되었습니다",
    "a call used more than {s} s of CPU time and was stopped": (
        "호출이 CPU 시간을 {s}초보다 오래 써서 중단되었습니다"
    ),
    "a call did not return within {s} s and was stopped": "호출이 {s}초 안에 돌아오지 않아 중단되었습니다",
    "all calls together used more than {s} s of CPU time and were stopped": (
        "호출들이 CPU 시간을 모두 합해 {s}초보다 오래 써서 중단되었습니다"
    ),
    "all calls together took more than {s} s and were stopped": (
        "호출들이 모두 합해 {s}초보다 오래 걸려 중단되었습니다"
    ),
    "all its processes together held more than {size} of memory": (
        "프로세스들이 모두 합해 {size}보다 많은 메모리를 썼습니다"
    ),
    "it made more than the {n} files and folders allowed": "파일과 폴더를 허용된 {n}개보다 많이 만들었습니다",
    "the code ended its own process (exit code other than 0)": (
        "코드가 자신의 프로세스를 끝냈습니다(0이 아닌 종료 코드)"
    ),
    "the code ended its own process (exit code {n})": "코드가 자신의 프로세스를 끝냈습니다(종료 코드 {n})",
    "the process was killed (by itself, or for the memory or CPU time it used)": (
        "프로세스가 강제로 끝났습니다(스스로, 또는 메모리나 CPU 시간 때문에)"
    ),
    "the process crashed ({signal})": "프로세스가 비정상으로 끝났습니다({signal})",
    "the process ended by itself": "프로세스가 스스로 끝났습니다",
}

PHRASES: dict[str, str] = {
    "an entry of {name}": "{name}의 한 항목",
    "`__init__` or `forward`": "`__init__` 또는 `forward`",
    "the output of the layer after `backward`": "`backward` 뒤의 계층 출력",
    "one and the same number": "어떤 같은 수",
    "an object of type {type}": "{type} 형의 객체",
    "an array of shape {shape} and dtype {dtype}": "형상 {shape}, dtype {dtype}인 배열",
    "a {type} of {n} values": "값이 {n}개인 {type}",
    "a single number": "수 하나",
    "a {word}": "{word}",
    "none": "없음",
    "{names}, {n} new": "{names}, 새 키 {n}개",
    "{n} new": "새 키 {n}개",
    "Your code": "작성한 코드",
    "the cells": "셀들",
    "a symbolic link": "심볼릭 링크",
    "a folder": "폴더",
    "a named pipe": "파이프",
    "a device or socket": "장치 또는 소켓",
    "the notebook's process": "노트북의 프로세스",
}
"""What stands within sentences only."""

EXPLANATIONS: dict[str, str] = {
    "the memory limit is {n} MiB": "메모리 한도는 {n} MiB입니다",
    "the limit for all files together is {n} MiB": "모든 파일을 합한 한도는 {n} MiB입니다",
    "the limit for one file is {n} MiB": "파일 하나의 한도는 {n} MiB입니다",
    "the limit for open files is {n}": "열 수 있는 파일은 {n}개입니다",
    "the limit for processes and threads is {n}": "프로세스와 스레드는 {n}개까지입니다",
    "the cell that defines it could not be finished: {reason}": "정의하는 셀이 끝나지 못했습니다: {reason}",
    "the cell that defines it ended with {kind}: {said}": "정의하는 셀이 {kind} 예외로 끝났습니다: {said}",
}
"""What is told of an exception, in the place of its text or after it."""

_RAISED = "{doing} raised {type}: "
_KOREAN_RAISED = SENTENCES[_RAISED + "{text}"].removesuffix("{text}")
for _english, _korean in EXPLANATIONS.items():
    SENTENCES[_RAISED + _english] = _KOREAN_RAISED + _korean
    for _before, _korean_before in (("", ""), (_RAISED, _KOREAN_RAISED)):
        SENTENCES[f"{_before}{{text}} ({_english})"] = f"{_korean_before}{{text}} ({_korean})"

"""The question to ask about a fault that no known idea explains, and the name of the fault if it has one.

A topic is what a teacher would see first: an exception of some sort, a wrong kind of thing, one factor
between what is there and what has to be. Some topics are faults in themselves and have a family name, which
stands in results as a misconception does; others ("a value is wrong") say nothing that deserves a name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """What to ask, in two languages.

    Parameters
    ----------
    english, korean : str
        May hold ``{name}`` (what was looked at), ``{detail}`` and ``{size}``.
    family : str, optional
        The name of the fault, if it is one.
    idea, korean_idea : str
        What students with this fault do, for the instructor.
    """

    english: str
    korean: str
    family: str | None = None
    idea: str = ""
    korean_idea: str = ""


QUESTIONS = {
    # ----- it is not there -----
    "missing": Question(
        "{name} is not there. Is it defined, and spelt exactly like this?",
        "{name}이(가) 없습니다. 정확히 이 이름으로 정의했나요?",
        "not-defined",
        "defines nothing under the required name",
        "정해진 이름으로 아무것도 정의하지 않는다",
    ),
    "gone": Question(
        "Your code was ended from outside. What makes your loop stop, and how large do your arrays become?",
        "코드가 끝나지 않아 중단되었습니다. 반복문은 언제 끝나고, 배열은 얼마나 커지나요?",
        "does-not-end",
        "runs for too long, or needs too much memory",
        "실행이 너무 오래 걸리거나 메모리를 너무 많이 쓴다",
    ),
    "given": Question(
        "Given code was changed. What did it look like when you received it?",
        "주어진 코드가 바뀌었습니다. 처음 받았을 때는 어떤 모습이었나요?",
        "given-code-changed",
        "changed code that was given",
        "주어진 코드를 바꾼다",
    ),
    # ----- it raised -----
    "NameError: like self": Question(
        "Read the name in the error letter by letter. What is the object called inside its own methods?",
        "오류에 나온 이름을 한 글자씩 읽어 보세요. 메서드 안에서 객체 자신은 무엇이라고 부르나요?",
        "unknown-name",
        "uses a name that nothing defines",
        "어디에서도 정의하지 않은 이름을 쓴다",
    ),
    "NameError": Question(
        "Nothing there is called {detail}. Is it misspelt? If not, where should it come from: an argument, "
        "self, "
        "a line above, an import?",
        "{detail}(이)라는 이름이 없습니다. 철자가 맞나요? 맞다면 어디에서 와야 하나요: 인수, self, 윗줄, "
        "import?",
        "unknown-name",
        "uses a name that nothing defines",
        "어디에서도 정의하지 않은 이름을 쓴다",
    ),
    "ValueError: product": Question(
        "Write the shapes of both factors side by side. Which two numbers have to be equal?",
        "곱하는 두 배열의 형상을 나란히 써 보세요. 어느 두 수가 같아야 하나요?",
        "product-does-not-fit",
        "multiplies matrices whose shapes do not fit",
        "형상이 맞지 않는 행렬을 곱한다",
    ),
    "ValueError: shapes": Question(
        "Print the shapes of both arrays in the line of the error, brackets and all. Where do they differ?",
        "오류가 난 줄에 있는 두 배열의 형상을 괄호까지 출력해 보세요. 어디가 다른가요?",
        "shapes-do-not-fit",
        "combines arrays whose shapes do not fit",
        "형상이 맞지 않는 배열을 함께 계산한다",
    ),
    "AttributeError: NoneType": Question(
        "Something is still None when it is used. Which line should have stored it, and did that line run?",
        "쓰이는 순간에도 아직 None인 것이 있습니다. 어느 줄이 그것을 저장해야 했고, 그 줄은 실행되었나요?",
        "still-none",
        "uses something that has no value yet",
        "아직 값이 없는 것을 쓴다",
    ),
    "AttributeError: module": Question(
        "The module has no function of that name. How is the function spelt that you mean?",
        "모듈에 그런 이름의 함수가 없습니다. 쓰려던 함수의 철자는 무엇인가요?",
        "function-misspelt",
        "misspells a function of a module",
        "모듈의 함수 이름을 잘못 쓴다",
    ),
    "AttributeError": Question(
        "Which names does the object have, and which one does your line ask for?",
        "그 객체에는 어떤 이름들이 있고, 오류가 난 줄은 어떤 이름을 찾고 있나요?",
        "unknown-attribute",
        "asks an object for something that it does not have",
        "객체에 없는 것을 찾는다",
    ),
    "KeyError": Question(
        "Which keys does the dict hold at that moment, and where were they put into it?",
        "그 순간 딕셔너리에는 어떤 키가 있고, 그 키는 어디에서 넣었나요?",
        "missing-key",
        "asks a dict for a key that is not in it",
        "dict에 없는 키를 찾는다",
    ),
    "IndexError": Question(
        "Which indices does the array have along that axis, and which ones does your code visit?",
        "그 축에는 어떤 인덱스가 있고, 코드는 어떤 인덱스를 쓰나요?",
        "index-out-of-range",
        "visits places that the array does not have",
        "배열에 없는 자리를 찾는다",
    ),
    "AxisError": Question(
        "How many axes does the array have, and with which number does NumPy begin to count them?",
        "배열의 축은 몇 개이고, NumPy는 축을 몇부터 세나요?",
        "no-such-axis",
        "names an axis that the array does not have",
        "배열에 없는 축을 가리킨다",
    ),
    "TypeError: arguments": Question(
        "How many arguments does your def line take besides self, and how many does the caller hand over?",
        "def 줄은 self 말고 인수를 몇 개 받고, 호출하는 쪽은 몇 개를 넘겨 주나요?",
        "arguments-do-not-fit",
        "takes more or fewer arguments than it is given",
        "넘겨받는 것보다 많거나 적은 인수를 받는다",
    ),
    "TypeError: not callable": Question(
        "What you call there is no function. Which line gave it its value, and are there brackets too many?",
        "거기서 호출하는 것은 함수가 아닙니다. 어느 줄에서 값을 받았고, 괄호가 남지는 않나요?",
        "not-a-function",
        "calls something that is no function",
        "함수가 아닌 것을 호출한다",
    ),
    "TypeError: None": Question(
        "Something is still None when you calculate with it. Which line should have given it a value?",
        "계산에 쓰이는 순간에도 아직 None인 것이 있습니다. 어느 줄이 값을 주어야 했나요?",
        "still-none",
        "uses something that has no value yet",
        "아직 값이 없는 것을 쓴다",
    ),
    "TypeError: index": Question(
        "What stands between the square brackets, a key or a place, and which does the container know?",
        "대괄호 안에 있는 것은 키인가요, 위치인가요? 그 자료 구조는 둘 중 무엇을 아나요?",
        "wrong-kind-of-index",
        "asks a list for a key, or a dict for a place",
        "리스트에서 키를 찾거나 dict에서 자리를 찾는다",
    ),
    "TypeError: bits": Question(
        "In Python ^ works on bits. Which operator raises to a power?",
        "파이썬에서 ^는 비트 연산입니다. 거듭제곱 연산자는 무엇인가요?",
        "caret-for-power",
        "writes ^ for a power",
        "거듭제곱에 ^를 쓴다",
    ),
    "UFuncTypeError": Question(
        "Which numbers can an array of this dtype not hold?",
        "이 dtype의 배열에 담을 수 없는 수는 어떤 수인가요?",
        "wrong-dtype",
        "uses a dtype that cannot hold the result",
        "결과를 담을 수 없는 dtype을 쓴다",
    ),
    "RecursionError": Question(
        "Your method calls itself without end. Which call was meant to be another one?",
        "메서드가 끝없이 자기 자신을 부릅니다. 원래 무엇을 부르려고 했나요?",
        "calls-itself",
        "calls itself without end",
        "끝없이 자기 자신을 호출한다",
    ),
    "AssertionError": Question(
        "Your own assert refuses the input. For which shapes should your code work?",
        "직접 쓴 assert가 입력을 거부합니다. 코드는 어떤 형상에서 작동해야 하나요?",
        "own-assert",
        "refuses inputs with an assert of its own",
        "직접 쓴 assert로 입력을 거부한다",
    ),
    "raised": Question(
        "Read the last line of the error, then print what stands in your line. Is it what you expect?",
        "오류의 마지막 줄을 읽고, 그 줄에 있는 값들을 출력해 보세요. 예상한 것과 같나요?",
    ),
    # ----- it is another kind of thing -----
    "function": Question(
        "What you hand over is a function that has not been called. What is missing after its name?",
        "넘겨준 것은 아직 호출하지 않은 함수입니다. 이름 뒤에 무엇이 빠졌나요?",
        "not-called",
        "hands over a function instead of its result",
        "함수의 결과 대신 함수를 넘겨준다",
    ),
    "generator": Question(
        "A generator has not computed anything yet. Which word hands a result over at once?",
        "제너레이터는 아직 아무것도 계산하지 않았습니다. 결과를 바로 넘겨주는 낱말은 무엇인가요?",
        "generator",
        "hands over a generator instead of an array",
        "배열 대신 제너레이터를 넘겨준다",
    ),
    "matrix": Question(
        "What does * mean for an np.matrix, and what for the arrays that everybody else uses?",
        "np.matrix에서 *는 무엇을 뜻하고, 다른 코드가 쓰는 배열에서는 무엇을 뜻하나요?",
        "np-matrix",
        "uses np.matrix for arrays",
        "배열에 np.matrix를 쓴다",
    ),
    "one in a tuple": Question(
        "Is there a comma at the end of that line? What does Python make of it?",
        "그 줄 끝에 쉼표가 있나요? 파이썬은 그것을 무엇으로 만드나요?",
        "stray-comma",
        "makes a tuple with a comma at the end of the line",
        "줄 끝의 쉼표로 튜플을 만든다",
    ),
    "list": Question(
        "Can a list of numbers be multiplied by a learning rate? What does NumPy need instead?",
        "수의 목록에 학습률을 곱할 수 있나요? NumPy에는 대신 무엇이 필요한가요?",
        "not-an-array",
        "gives Python's own kinds of values where an array is needed",
        "배열이 필요한 곳에 파이썬 자체의 자료형을 준다",
    ),
    "kind": Question(
        "What does the caller need to receive, and which line hands it over?",
        "호출한 쪽은 무엇을 받아야 하고, 어느 줄이 그것을 넘겨 주나요?",
        "not-an-array",
        "gives Python's own kinds of values where an array is needed",
        "배열이 필요한 곳에 파이썬 자체의 자료형을 준다",
    ),
    "shape": Question(
        "Write both shapes one below the other, with all brackets. Which axis is too many, or misplaced?",
        "두 형상을 괄호까지 위아래로 써 보세요. 어느 축이 남거나, 없거나, 자리가 바뀌었나요?",
    ),
    "shape: turned": Question(
        "Both shapes have the same numbers, in another order. Which axis counts what in each of them?",
        "두 형상의 수는 같고 순서만 다릅니다. 각각 어느 축이 무엇을 세나요?",
        "turned-round",
        "gives the transpose",
        "전치한 것을 준다",
    ),
    "shape: an axis too many": Question(
        "What does the axis count that is too many, and what has to become of the entries along it?",
        "남는 축은 무엇을 세고, 그 축을 따라 놓인 원소들은 어떻게 되어야 하나요?",
        "axis-too-many",
        "keeps an axis that has to be added up, or that nobody asked for",
        "더해서 없애야 할 축이나 필요 없는 축을 남긴다",
    ),
    "shape: an axis lost": Question(
        "Which axis is gone, what did it count, and which line took it away?",
        "어느 축이 사라졌고, 그 축은 무엇을 세었으며, 어느 줄이 없앴나요?",
        "axis-lost",
        "adds up, or picks from, an axis that has to stay",
        "남아야 할 축을 따라 더하거나 그 축에서 하나를 고른다",
    ),
    "shape: other lengths": Question(
        "What does each axis of your answer count, and what should it count?",
        "답의 각 축은 무엇을 세고 있고, 무엇을 세어야 하나요?",
        "other-axes",
        "gives an array of other lengths",
        "길이가 다른 배열을 준다",
    ),
    "shape of one": Question(
        "All is well but for a batch of one. Which line treats a single sample in a special way?",
        "샘플이 하나인 배치만 잘못되었습니다. 어느 줄이 샘플 하나를 다르게 다루나요?",
        "batch-of-one",
        "loses an axis, or keeps one, when the batch is a single sample",
        "배치의 샘플이 하나일 때 축을 잃거나 남긴다",
    ),
    "dtype": Question(
        "Which numbers can this dtype not hold?",
        "이 dtype에 담을 수 없는 수는 어떤 수인가요?",
        "wrong-dtype",
        "uses a dtype that cannot hold the result",
        "결과를 담을 수 없는 dtype을 쓴다",
    ),
    "not-finite": Question(
        "Where could your code divide by zero, or take the root of a negative number?",
        "0으로 나누거나 음수의 제곱근을 구하는 곳은 어디일까요?",
    ),
    # ----- its numbers are wrong -----
    "constant": Question(
        "{name} is the same for other inputs. Does your code use its arguments, or the notebook's variables?",
        "입력이 달라도 {name}이(가) 같습니다. 인수를 쓰고 있나요, 노트북의 다른 변수를 쓰고 있나요?",
        "ignores-its-input",
        "gives the same answer whatever the input",
        "입력이 달라도 같은 답을 준다",
    ),
    "almost": Question(
        "The first digits are right. Which step loses digits, or adds something tiny that is not in the "
        "formula?",
        "앞자리는 맞습니다. 어느 단계에서 자릿수를 잃거나, 식에 없는 아주 작은 수를 더하나요?",
        "small-error",
        "is off by very little: digits are lost, or something tiny is added",
        "아주 조금 어긋난다: 자릿수를 잃거나 아주 작은 수를 더한다",
    ),
    "first update": Question(
        "Work out the first update of one number by hand. Where do signs, factors or the start differ?",
        "수 하나에 대해 첫 번째 갱신을 손으로 계산해 보세요. 부호, 인수, 시작값 중 어디가 다른가요?",
    ),
    "later update": Question(
        "The beginning is right. What has to be remembered from one update to the next, and for whom?",
        "처음은 맞습니다. 한 번의 갱신에서 다음 갱신까지 무엇을, 무엇마다 기억해야 하나요?",
    ),
    "much later": Question(
        "Several updates are right. What is different now: the gradients, or how much your code remembers?",
        "여러 번의 갱신은 맞습니다. 이제 무엇이 다른가요: 기울기인가요, 코드가 기억하는 양인가요?",
    ),
    "stands still": Question(
        "Nothing has moved. Which line should write into the arrays of params, and does it run?",
        "아무것도 움직이지 않았습니다. 어느 줄이 params의 배열에 써야 하고, 그 줄은 실행되나요?",
        "stands-still",
        "moves nothing",
        "아무것도 움직이지 않는다",
    ),
    "keys left out": Question(
        "Some parameters are right and others never move. Which keys does your loop reach?",
        "어떤 매개변수는 맞고 어떤 것은 전혀 움직이지 않습니다. 반복문은 어떤 키까지 가나요?",
        "keys-left-out",
        "moves some of the parameters only",
        "일부 매개변수만 움직인다",
    ),
    "stops": Question(
        "After some updates nothing moves any more. Which lines run only in the beginning?",
        "몇 번 갱신한 뒤로 아무것도 움직이지 않습니다. 처음에만 실행되는 줄은 무엇인가요?",
        "stops",
        "stops moving after some updates",
        "몇 번 갱신한 뒤로 움직이지 않는다",
    ),
    "opposite": Question(
        "The first step goes the opposite way. How many minus signs stand between gradient and parameter?",
        "첫걸음이 반대 방향입니다. 기울기에서 매개변수까지 가는 동안 마이너스가 몇 번 나오나요?",
        "opposite-direction",
        "moves the opposite way",
        "반대 방향으로 움직인다",
    ),
    "every step scaled": Question(
        "Every step has the right direction, and one factor too many or too few. Where does that factor "
        "stand?",
        "모든 걸음의 방향은 맞고 인수 하나만 남거나 모자랍니다. 그 인수는 어디에 있나요?",
        "steps-scaled",
        "takes every step too long or too short by one factor",
        "모든 걸음의 길이가 인수 하나만큼 다르다",
    ),
    "first step scaled": Question(
        "The first step has the right direction, and is too long or too short by one factor. What is the "
        "state "
        "before it, and which factors does the formula have?",
        "첫걸음의 방향은 맞고 길이만 인수 하나만큼 다릅니다. 그 전의 상태는 무엇이고, 식에는 어떤 인수가 "
        "있나요?",
        "first-step-scaled",
        "takes the first step too long or too short by one factor",
        "첫걸음의 길이가 인수 하나만큼 다르다",
    ),
    "length by entry": Question(
        "The first step has the right direction everywhere, but each entry is off by a factor of its own. "
        "What "
        "does your formula do with the size of a gradient?",
        "첫걸음의 방향은 모두 맞지만 원소마다 다른 인수만큼 어긋납니다. 식은 기울기의 크기를 어떻게 쓰고 "
        "있나요?",
        "size-of-the-gradient",
        "makes something else of a gradient's size than the formula does",
        "기울기의 크기를 식과 다르게 쓴다",
    ),
    "direction": Question(
        "In the first step some entries go the wrong way. Which quantity gives the direction of a step?",
        "첫걸음에서 몇몇 원소가 엉뚱한 방향으로 갑니다. 걸음의 방향은 무엇이 정하나요?",
        "wrong-direction",
        "takes the direction of a step from something else than the gradient",
        "걸음의 방향을 기울기가 아닌 것에서 정한다",
    ),
    "later too long": Question(
        "The first update is right, and later steps are too long. What should your code still know of the "
        "gradients before?",
        "첫 갱신은 맞고 그 뒤의 걸음이 너무 깁니다. 이전 기울기에 대해 무엇을 아직 알고 있어야 하나요?",
        "later-steps-too-long",
        "forgets something that makes later steps shorter",
        "뒤의 걸음을 짧게 하는 무언가를 잊는다",
    ),
    "later too short": Question(
        "The first update is right, and later steps are too short. What is counted twice, or shrinks that "
        "should "
        "not?",
        "첫 갱신은 맞고 그 뒤의 걸음이 너무 짧습니다. 무엇을 두 번 세거나, 줄어들면 안 되는 무엇이 "
        "줄어드나요?",
        "later-steps-too-short",
        "makes later steps too short",
        "뒤의 걸음을 너무 짧게 한다",
    ),
    "share kept": Question(
        "The new part of every step is right. Which share of the step before does your code keep?",
        "걸음마다 새로 더해지는 부분은 맞습니다. 이전 걸음 가운데 얼마만큼을 남기고 있나요?",
        "other-share-kept",
        "keeps another share of the velocity than the formula does",
        "속도를 식과 다른 비율로 남긴다",
    ),
    "absolute": Question(
        "The sizes are right and the signs are lost. What would a negative entry mean?",
        "크기는 맞고 부호가 사라졌습니다. 음의 원소는 무엇을 뜻하나요?",
        "signs-lost",
        "loses the signs",
        "부호를 잃는다",
    ),
    "signs only": Question(
        "The signs are right and the sizes are lost. What would a large entry mean?",
        "부호는 맞고 크기가 사라졌습니다. 큰 원소는 무엇을 뜻하나요?",
        "sizes-lost",
        "keeps the signs only",
        "부호만 남긴다",
    ),
    "rounded": Question(
        "Your numbers are the right ones, rounded. Which line cuts their fractions off?",
        "맞는 수를 반올림하거나 잘라 낸 값입니다. 어느 줄이 소수 부분을 없애나요?",
        "fractions-lost",
        "rounds, or cuts fractions off",
        "반올림하거나 소수 부분을 잘라 낸다",
    ),
    "limited": Question(
        "Large entries, or negative ones, stop at a limit. Does the derivative know such a limit?",
        "큰 원소나 음의 원소가 어떤 한계에서 멈춥니다. 미분에 그런 한계가 있나요?",
        "limited-range",
        "keeps the entries within a range",
        "원소를 어떤 범위로 자른다",
    ),
    "partly zero": Question(
        "Some entries are right and the others are still zero. Which of them does your code not reach?",
        "어떤 원소는 맞고 나머지는 아직 0입니다. 코드가 닿지 않는 것은 어느 것인가요?",
        "partly-filled",
        "fills a part of the array only",
        "배열의 일부만 채운다",
    ),
    "misplaced": Question(
        "The right numbers stand in other places. Which operation has changed their order?",
        "맞는 수들이 다른 자리에 있습니다. 어느 연산이 순서를 바꾸었나요?",
        "other-places",
        "puts the right numbers into other places",
        "맞는 수를 다른 자리에 놓는다",
    ),
    "repeated": Question(
        "All rows are alike. Does each sample get a row of its own?",
        "모든 행이 같습니다. 샘플마다 자기 행이 있나요?",
        "rows-alike",
        "gives all samples the same row",
        "모든 샘플에 같은 행을 준다",
    ),
    "shifted": Question(
        "The same is added to every entry, or to every row or column. Where in your code does it come in?",
        "모든 원소, 또는 모든 행이나 열에 같은 값이 더해져 있습니다. 코드의 어디에서 들어오나요?",
        "something-added",
        "adds something that does not belong there",
        "들어갈 자리가 아닌 곳에 무언가를 더한다",
    ),
    "zero": Question(
        "Which line should put something other than zero into {name}, and does it run?",
        "{name}에 0이 아닌 값을 넣어야 하는 줄은 어디이고, 그 줄은 실행되나요?",
        "all-zeros",
        "leaves zeros where values belong",
        "값이 있어야 할 곳에 0을 남긴다",
    ),
    "sign": Question(
        "Only the sign differs. Where does your minus come from, and whose task is it?",
        "부호만 다릅니다. 그 마이너스는 어디에서 왔고, 누가 해야 할 일인가요?",
        "sign-reversed",
        "has the opposite sign everywhere",
        "모든 곳에서 부호가 반대이다",
    ),
    "divided": Question(
        "The factor is always one over {size}. What does {size} count, and who should divide by it?",
        "언제나 {size}분의 1배입니다. {size}은(는) 무엇의 개수이고, 나누는 일은 누가 해야 하나요?",
        "divided-by-a-size",
        "divides by a size of the arrays",
        "배열의 어떤 크기로 나눈다",
    ),
    "divided, reversed": Question(
        "The factor is always minus one over {size}. What does {size} count, and where does the minus come "
        "from?",
        "언제나 -1/{size}배입니다. {size}은(는) 무엇의 개수이고, 마이너스는 어디에서 왔나요?",
        "divided-by-a-size",
        "divides by a size of the arrays",
        "배열의 어떤 크기로 나눈다",
    ),
    "multiplied": Question(
        "The factor is always {size}. What does {size} count, and why should the answer grow with it?",
        "언제나 {size}배입니다. {size}은(는) 무엇의 개수이고, 답이 왜 그만큼 커져야 하나요?",
        "multiplied-by-a-size",
        "multiplies by a size of the arrays",
        "배열의 어떤 크기를 곱한다",
    ),
    "factor": Question(
        "Everything is right but for one factor. What is counted too often, or not at all?",
        "인수 하나만 빼고 모두 맞습니다. 무엇을 너무 많이 세었거나 빠뜨렸나요?",
        "constant-factor",
        "is off by a constant factor",
        "일정한 인수만큼 다르다",
    ),
    "factors": Question(
        "For each input everything is right but for one factor. What does that factor depend on?",
        "입력마다 인수 하나만 빼고 모두 맞습니다. 그 인수는 무엇에 따라 달라지나요?",
        "factor-of-the-input",
        "is off by a factor that depends on the input",
        "입력에 따라 달라지는 인수만큼 다르다",
    ),
    "values": Question(
        "Make the smallest example you can, work that entry out by hand, and compare. Which term differs?",
        "가장 작은 예를 만들어 그 원소를 손으로 계산해 비교해 보세요. 어느 항이 다른가요?",
    ),
    # ----- what it leaves behind -----
    "inconsistent": Question(
        "What does your code keep from one call to the next, and who shares it?",
        "한 번의 호출에서 다음 호출까지 무엇이 남아 있고, 누가 그것을 함께 쓰고 있나요?",
        "remembers-too-much",
        "keeps something between calls or objects that should be forgotten",
        "잊어야 할 것을 호출이나 객체 사이에 남겨 둔다",
    ),
    "mutated": Question(
        "Print {name} before and after the call. Which line writes into it?",
        "호출 앞뒤로 {name}을(를) 출력해 보세요. 어느 줄이 그 안에 쓰고 있나요?",
        "changes-its-arguments",
        "writes into the caller's arrays",
        "호출한 쪽의 배열에 쓴다",
    ),
    "rebound": Question(
        "Is {name} still the same array afterwards, or a new one under the old name?",
        "호출 뒤에도 {name}은(는) 같은 배열인가요, 아니면 같은 이름의 새 배열인가요?",
        "new-array",
        "puts a new array in the place of the caller's",
        "호출한 쪽의 배열 자리에 새 배열을 둔다",
    ),
    "other": Question(
        "What your code defines or hands over cannot be used as the docstring says. Which kind of thing is "
        "it?",
        "정의했거나 넘겨준 것을 docstring에 적힌 대로 쓸 수 없습니다. 그것은 어떤 종류의 값인가요?",
    ),
}
"""Topic to question; the topics that begin with the name of an exception are beginnings of what
`autograder.diagnosis.exceptions.about` says."""

FAMILIES = {question.family: question.idea for question in QUESTIONS.values() if question.family}
"""Name of a fault to what students with it do."""

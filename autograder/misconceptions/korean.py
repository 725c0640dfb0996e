"""The hints of the misconceptions in Korean, by their English wording."""

from __future__ import annotations

KOREAN = {
    # ----- bias-gradient -----
    "Which axis of dY counts the samples? That one has to be gone in dB.": (
        "dY에서 샘플의 수를 나타내는 축은 어느 것인가요? dB에는 그 축이 없어야 합니다."
    ),
    "How many biases are there, and do they all get the same gradient?": (
        "편향은 몇 개인가요? 모두 같은 기울기를 받나요?"
    ),
    "In forward each bias is copied to every row. What does backward do at a copy: does it average?": (
        "순전파에서 편향은 모든 행으로 복사됩니다. 복사 노드의 역전파는 평균을 내나요?"
    ),
    "A bias receives one gradient from every sample. What becomes of all of them?": (
        "편향 하나는 샘플마다 기울기를 하나씩 받습니다. 그 기울기들은 모두 어떻게 되나요?"
    ),
    "Write down the shapes of dB and of the bias, with all their brackets. Are they equal?": (
        "dB의 형상과 편향의 형상을 괄호까지 적어 보세요. 서로 같은가요?"
    ),
    "If only the last row of dY changes, should dB change?": (
        "dY의 마지막 행만 바뀌면 dB도 바뀌어야 할까요?"
    ),
    "You divide by a number. What does it count, and why should the gradient depend on it?": (
        "어떤 수로 나누고 있습니다. 그 수는 무엇의 개수이고, 기울기가 왜 그 수에 따라 달라져야 하나요?"
    ),
    "When one bias moves, which samples feel it?": "편향 하나가 움직이면 어느 샘플들이 영향을 받나요?",
    "If nothing arrives from the output, dY = 0, what must dB be?": (
        "출력에서 아무것도 오지 않으면(dY = 0) dB는 무엇이어야 할까요?"
    ),
    "What happens to dB when all of dY is doubled?": "dY가 모두 두 배가 되면 dB는 어떻게 되나요?",
    "Look at the dtype of what you return: which numbers can it not hold?": (
        "반환값의 dtype을 보세요. 어떤 수를 담을 수 없나요?"
    ),
    "Try a dY of halves. Is the sum still exact?": "0.5로 이루어진 dY로 해 보세요. 합이 여전히 정확한가요?",
    "How often does your loop run, and how many rows does dY have?": (
        "반복문은 몇 번 실행되고, dY의 행은 몇 개인가요?"
    ),
    "Is it the gradient's business to go downhill?": "내리막으로 가는 것은 기울기가 할 일인가요?",
    "How many axes has dB, and how many has the bias?": "dB의 축은 몇 개이고, 편향의 축은 몇 개인가요?",
    "What would a negative gradient tell the optimizer, and is it still there in your dB?": (
        "음의 기울기는 옵티마이저에게 무엇을 알려 주나요? 당신의 dB에 아직 남아 있나요?"
    ),
    "What is left of dB when there is a single output?": "출력이 하나뿐이면 dB에는 무엇이 남나요?",
    "What does the caller receive from your function?": "함수를 호출한 쪽은 무엇을 받나요?",
    "What is the type of your answer, and can you multiply it by a learning rate?": (
        "답의 자료형은 무엇인가요? 거기에 학습률을 곱할 수 있나요?"
    ),
    "Print dY before and after the call. Whose array does your code write into?": (
        "호출 앞뒤로 dY를 출력해 보세요. 코드가 누구의 배열에 쓰고 있나요?"
    ),
    "Call your function twice with the same dY. Should the answers differ?": (
        "같은 dY로 함수를 두 번 불러 보세요. 답이 달라야 할까요?"
    ),
    "Which dY does your function add up: its argument, or another variable of the notebook?": (
        "함수가 더하는 것은 어느 배열인가요? 인수인가요, 노트북의 다른 변수인가요?"
    ),
    "How many biases are there, and which axis is left when the batch has been added up?": (
        "편향은 몇 개인가요? 배치에 걸쳐 더하고 나면 어느 축이 남나요?"
    ),
    "Which axis of dY counts the samples, and is averaging what backward does at a copy?": (
        "dY에서 샘플의 수를 나타내는 축은 어느 것인가요? 복사 노드의 역전파는 평균인가요?"
    ),
    "Which axis of dY counts the samples, and how many axes has a bias?": (
        "dY에서 샘플의 수를 나타내는 축은 어느 것이고, 편향의 축은 몇 개인가요?"
    ),
    "Are the brackets of dB and of the bias equal, and does anything average at a copy?": (
        "dB와 편향의 괄호가 같은가요? 복사 노드에서 평균을 내는 것이 있나요?"
    ),
    "A bias has one axis. How many has your dB, and what became of the samples?": (
        "편향의 축은 하나입니다. 당신의 dB는 몇 개이고, 샘플들은 어떻게 되었나요?"
    ),
    "How many biases are there, and how many numbers does your dB have when the batch is larger?": (
        "편향은 몇 개인가요? 배치가 커지면 당신의 dB에는 수가 몇 개 있나요?"
    ),
    "After the second row, what is left of the first one in your dB?": (
        "두 번째 행까지 처리한 뒤, dB에 첫 번째 행은 얼마나 남아 있나요?"
    ),
    "Count the rows that your code visits. How many has dY?": (
        "코드가 지나는 행을 세어 보세요. dY의 행은 몇 개인가요?"
    ),
    "Count the rows that your code visits. With which index does the batch begin?": (
        "코드가 지나는 행을 세어 보세요. 배치는 몇 번 인덱스에서 시작하나요?"
    ),
    "How often does the first sample count in your sum?": "당신의 합에서 첫 번째 샘플은 몇 번 더해지나요?",
    "If dY is zero everywhere, what must dB be?": "dY가 모두 0이면 dB는 무엇이어야 할까요?",
    "When one bias moves, do the influences on the samples add up, or is one of them chosen?": (
        "편향 하나가 움직일 때 샘플들에 미치는 영향은 더해지나요, 그중 하나만 뽑히나요?"
    ),
    "When several paths lead from one number to the loss, what is done with their gradients?": (
        "한 수에서 손실까지 길이 여럿이면, 그 기울기들은 어떻게 하나요?"
    ),
    "If dY is doubled, by how much should dB grow?": "dY가 두 배가 되면 dB는 몇 배가 되어야 할까요?",
    "Which line of your function should put something into dB?": (
        "함수의 어느 줄이 dB에 값을 넣어야 하나요?"
    ),
    "How often does each sample enter your sum?": "각 샘플은 당신의 합에 몇 번 들어가나요?",
    "You multiply by a number that is always the same. Where in out = x W + b does it stand?": (
        "언제나 같은 수를 곱하고 있습니다. 그 수는 out = x W + b의 어디에 있나요?"
    ),
    "Which node of the graph would divide by the root of N?": (
        "계산 그래프의 어느 노드가 N의 제곱근으로 나누나요?"
    ),
    "In forward each bias is copied to every row. Does backward divide at a copy?": (
        "순전파에서 편향은 모든 행으로 복사됩니다. 복사 노드의 역전파는 나눗셈을 하나요?"
    ),
    "After the call, does dY hold the same numbers, and who divides by N in this network?": (
        "호출 뒤에도 dY의 값이 그대로인가요? 이 신경망에서 N으로 나누는 것은 누구인가요?"
    ),
    "Which dtype has dY, and which one has your dB?": (
        "dY의 dtype은 무엇이고, 당신의 dB의 dtype은 무엇인가요?"
    ),
    "How many things does the caller of your function expect?": (
        "함수를 호출한 쪽은 값을 몇 개 받기를 기대하나요?"
    ),
    "Compare the name in the return line with the one that holds the sum. Are they spelt alike?": (
        "return 줄의 이름과 합을 담은 이름을 비교해 보세요. 철자가 같은가요?"
    ),
    "Which sums can your code not return, and does the derivative know such a limit?": (
        "코드가 반환할 수 없는 합은 어떤 것인가요? 미분에 그런 한계가 있나요?"
    ),
    "Call your function with two different batches. To which of them does the second answer belong?": (
        "서로 다른 두 배치로 함수를 불러 보세요. 두 번째 답은 어느 배치의 것인가요?"
    ),
    "How many digits does float32 keep, and how many has dY?": (
        "float32는 몇 자리까지 담고, dY는 몇 자리인가요?"
    ),
    "How many rows does your code add, and how many can a batch have?": (
        "코드는 몇 개의 행을 더하고, 배치에는 행이 몇 개 있을 수 있나요?"
    ),
    "Which rows of dY does your code leave out, and do these samples not count?": (
        "코드가 빠뜨리는 dY의 행은 어느 것인가요? 그 샘플들은 세지 않아도 되나요?"
    ),
    "Is your answer a slope, or a step along it? Who knows the learning rate?": (
        "답은 기울기인가요, 기울기를 따라간 걸음인가요? 학습률은 누가 알고 있나요?"
    ),
    "Try gradients of 1/16. What does your code make of them?": (
        "1/16인 기울기로 해 보세요. 코드는 그것을 무엇으로 만드나요?"
    ),
    # ----- affine-backward and affine-debug -----
    "Which names does the def line bring in, and which does the body use?": (
        "`def` 줄은 어떤 이름을 들여오고, 본문은 어떤 이름을 쓰나요?"
    ),
    "Spell the name in the error letter by letter: what is the object called inside its methods?": (
        "오류에 나온 이름을 한 글자씩 읽어 보세요. 메서드 안에서 객체 자신은 무엇이라고 부르나요?"
    ),
    "After a restart of the kernel, which object holds the weights inside the method?": (
        "커널을 다시 시작하면, 메서드 안에서 가중치는 어느 객체에 있나요?"
    ),
    "Is the name in the return line one of those that your method has given?": (
        "return 줄의 이름은 메서드 안에서 만든 이름 가운데 하나인가요?"
    ),
    "Python hands over the layer itself, and the caller one gradient. What does the def line take?": (
        "파이썬은 계층 자신을, 호출한 쪽은 기울기 하나를 넘겨줍니다. `def` 줄은 무엇을 받나요?"
    ),
    "Under which name did forward store its input?": "forward는 입력을 어떤 이름으로 저장했나요?",
    "After backward, under exactly which names does the optimizer look for the gradients on the layer?": (
        "backward 뒤에 옵티마이저는 계층에서 정확히 어떤 이름으로 기울기를 찾나요?"
    ),
    "After backward, under exactly which name does the optimizer look for the gradient of W?": (
        "backward 뒤에 옵티마이저는 정확히 어떤 이름으로 W의 기울기를 찾나요?"
    ),
    "After backward, under exactly which name does the optimizer look for the gradient of b?": (
        "backward 뒤에 옵티마이저는 정확히 어떤 이름으로 b의 기울기를 찾나요?"
    ),
    "Which of the two stored gradients must have the shape of W?": (
        "저장한 두 기울기 가운데 W와 형상이 같아야 하는 것은 어느 것인가요?"
    ),
    "What does the layer before this one need to receive?": "이 계층의 앞 계층은 무엇을 받아야 하나요?",
    "What does the layer before this one receive?": "이 계층의 앞 계층은 무엇을 받나요?",
    "Two of the gradients are stored. Which one is handed on?": (
        "기울기 두 개는 저장됩니다. 다음으로 넘어가는 것은 어느 것인가요?"
    ),
    "Is what you return an input, or the influence of an input?": (
        "반환하는 것은 입력인가요, 입력이 미친 영향인가요?"
    ),
    "How does the loss react to one input: do the weights play a part in it?": (
        "입력 하나가 바뀌면 손실은 어떻게 반응하나요? 가중치가 거기에 관여하나요?"
    ),
    "If dout is doubled, what must happen to dx?": "dout이 두 배가 되면 dx는 어떻게 되어야 하나요?",
    "Which line should put something into dx?": "어느 줄이 dx에 값을 넣어야 하나요?",
    "Whose task is it to go downhill, and is that a matter of dx?": (
        "내리막으로 가는 것은 누구의 일인가요? dx와 상관이 있나요?"
    ),
    "How many paths lead from one input to one output?": "입력 하나에서 출력 하나로 가는 길은 몇 개인가요?",
    "Does the influence of x on the output depend on b?": "x가 출력에 미치는 영향은 b에 따라 달라지나요?",
    "In out = x W + b, does the derivative with respect to x still hold x?": (
        "out = x W + b를 x로 미분하면 x가 남아 있나요?"
    ),
    "Which matrix carries x to the output: W, or dW?": "x를 출력으로 보내는 행렬은 W인가요, dW인가요?",
    "How many samples has the batch, and how many rows has your dx?": (
        "배치의 샘플은 몇 개이고, 당신의 dx의 행은 몇 개인가요?"
    ),
    "Weights are shared by the samples. Are inputs shared, too?": (
        "가중치는 샘플들이 함께 씁니다. 입력도 함께 쓰나요?"
    ),
    "Which layer decides whether a gradient passes: this one, or the activation?": (
        "기울기를 통과시킬지는 어느 계층이 정하나요? 이 계층인가요, 활성화 계층인가요?"
    ),
    "Which quantity arrives at this layer when the loss is traced backwards?": (
        "손실에서 거꾸로 거슬러 올 때 이 계층에 도착하는 것은 무엇인가요?"
    ),
    "Which shape must dx have, and does your product of dout and W give it?": (
        "dx의 형상은 무엇이어야 하나요? dout과 W의 곱이 그 형상이 되나요?"
    ),
    "Compare the shapes of dx and x: which axis counts the samples?": (
        "dx와 x의 형상을 비교해 보세요. 샘플의 수를 나타내는 축은 어느 것인가요?"
    ),
    "If dout is zero, what must dx be?": "dout이 0이면 dx는 무엇이어야 할까요?",
    "Does backward ask which x led to this output, or how much each input mattered?": (
        "역전파가 묻는 것은 어떤 x가 이 출력을 냈는지인가요, 각 입력이 얼마나 영향을 주었는지인가요?"
    ),
    "Does backward ask which x led to this output? And does every W have an inverse?": (
        "역전파는 어떤 x가 이 출력을 냈는지 묻나요? 그리고 모든 W에 역행렬이 있나요?"
    ),
    "Does the gradient of one sample depend on how many others are in the batch?": (
        "한 샘플의 기울기는 배치에 다른 샘플이 몇 개 있는지에 따라 달라지나요?"
    ),
    "Which arrangement of x and dout has the shape of W?": ("x와 dout을 어떻게 놓아야 W의 형상이 되나요?"),
    "In dW[i, j], which index belongs to the inputs and which to the outputs?": (
        "dW[i, j]에서 어느 인덱스가 입력이고 어느 인덱스가 출력인가요?"
    ),
    "Who divides by the size of the batch: every layer, or the loss once?": (
        "배치 크기로 나누는 것은 누구인가요? 모든 계층인가요, 손실이 한 번인가요?"
    ),
    "Whose task is it to go downhill, the gradient's or the optimizer's?": (
        "내리막으로 가는 것은 기울기의 일인가요, 옵티마이저의 일인가요?"
    ),
    "If only the last sample of the batch changes, does your dW change?": (
        "배치의 마지막 샘플만 바뀌면 당신의 dW도 바뀌나요?"
    ),
    "After the second sample, what is left of the first one in dW?": (
        "두 번째 샘플까지 처리한 뒤, dW에 첫 번째 샘플은 얼마나 남아 있나요?"
    ),
    "Count the samples that your code visits. How many are in the batch?": (
        "코드가 지나는 샘플을 세어 보세요. 배치에는 몇 개가 있나요?"
    ),
    "Does the x of one sample have anything to do with the dout of another?": (
        "한 샘플의 x와 다른 샘플의 dout은 서로 상관이 있나요?"
    ),
    "Which line should put something into dW?": "어느 줄이 dW에 값을 넣어야 하나요?",
    "How many paths lead from one weight to one output?": (
        "가중치 하나에서 출력 하나로 가는 길은 몇 개인가요?"
    ),
    "What does the number count that you divide by?": "나누는 그 수는 무엇의 개수인가요?",
    "Can the gradient of a weight be negative?": "가중치의 기울기는 음수일 수 있나요?",
    "Which numbers can the dtype of your dW not hold?": (
        "당신의 dW의 dtype에 담을 수 없는 수는 어떤 수인가요?"
    ),
    "In out = x W + b, does the derivative with respect to W still hold W?": (
        "out = x W + b를 W로 미분하면 W가 남아 있나요?"
    ),
    "What does one weight multiply in forward, and what arrives at its output in backward?": (
        "순전파에서 가중치 하나는 무엇과 곱해지고, 역전파에서 그 출력에는 무엇이 도착하나요?"
    ),
    "If dout is doubled, what must happen to dW?": "dout이 두 배가 되면 dW는 어떻게 되어야 하나요?",
    "Does the input play a part in how much a weight matters?": (
        "가중치가 얼마나 중요한지에 입력이 관여하나요?"
    ),
    "Compare the shapes of dW and W. Which array of forward brings the other axis?": (
        "dW와 W의 형상을 비교해 보세요. 나머지 축은 순전파의 어느 배열에서 오나요?"
    ),
    "Does the derivative know of a largest value, or is that a matter for the optimizer?": (
        "미분에 최댓값이라는 것이 있나요, 아니면 그것은 옵티마이저의 일인가요?"
    ),
    "If dout is doubled, what must happen to the length of dW?": (
        "dout이 두 배가 되면 dW의 크기는 어떻게 되어야 하나요?"
    ),
    "If dout is zero everywhere, what must dW be?": "dout이 모두 0이면 dW는 무엇이어야 할까요?",
    "Does the influence of W on the output depend on b?": "W가 출력에 미치는 영향은 b에 따라 달라지나요?",
    "The scalar node multiplies with *. What takes its place for matrices?": (
        "스칼라의 곱셈 노드는 *로 곱합니다. 행렬에서는 무엇이 그 자리를 차지하나요?"
    ),
    "Which axis of dout counts the samples?": "dout에서 샘플의 수를 나타내는 축은 어느 것인가요?",
    "How many numbers does b have, and how many does your db have?": (
        "b에는 수가 몇 개 있고, 당신의 db에는 몇 개 있나요?"
    ),
    "In forward b is copied to N rows. What does backward do at a copy?": (
        "순전파에서 b는 N개의 행으로 복사되었습니다. 복사 노드의 역전파는 무엇인가요?"
    ),
    "How many gradients does one bias receive from a batch, and how many numbers may it keep?": (
        "편향 하나는 배치에서 기울기를 몇 개 받고, 몇 개의 수를 가질 수 있나요?"
    ),
    "Print the shapes of db and b, one below the other. Do the brackets agree?": (
        "db와 b의 형상을 위아래로 출력해 보세요. 괄호까지 같은가요?"
    ),
    "If only the last row of dout changes, does your db change?": (
        "dout의 마지막 행만 바뀌면 당신의 db도 바뀌나요?"
    ),
    "After the second sample, what is left of the first one in db?": (
        "두 번째 샘플까지 처리한 뒤, db에 첫 번째 샘플은 얼마나 남아 있나요?"
    ),
    "Which line should put something into db?": "어느 줄이 db에 값을 넣어야 하나요?",
    "How often does each sample enter your db?": "각 샘플은 당신의 db에 몇 번 들어가나요?",
    "If dout is zero everywhere, what must db be?": "dout이 모두 0이면 db는 무엇이어야 할까요?",
    "If dout is doubled, by how much should db grow?": "dout이 두 배가 되면 db는 몇 배가 되어야 할까요?",
    "Can an optimizer multiply your db by a learning rate? What type is it?": (
        "옵티마이저가 당신의 db에 학습률을 곱할 수 있나요? 자료형은 무엇인가요?"
    ),
    "Which samples feel it when one bias moves?": "편향 하나가 움직이면 어느 샘플들이 영향을 받나요?",
    "Which gradient arrives at the plus node?": "덧셈 노드에는 어떤 기울기가 도착하나요?",
    "What happens to db when dout is doubled?": "dout이 두 배가 되면 db는 어떻게 되나요?",
    "What is the local derivative of a plus node?": "덧셈 노드의 국소적 미분은 무엇인가요?",
    "Which numbers can the dtype of your db not hold?": (
        "당신의 db의 dtype에 담을 수 없는 수는 어떤 수인가요?"
    ),
    "Whose task is it to go downhill?": "내리막으로 가는 것은 누구의 일인가요?",
    "Does every line of your backward store something?": "backward의 모든 줄이 무언가를 저장하나요?",
    "How many axes has db, and how many has b?": "db의 축은 몇 개이고, b의 축은 몇 개인가요?",
    "Can the gradient of a bias be negative?": "편향의 기울기는 음수일 수 있나요?",
    "Does the influence of b depend on x?": "b의 영향은 x에 따라 달라지나요?",
    "Put the same sample into the batch twice. Should its total influence double?": (
        "같은 샘플을 배치에 두 번 넣어 보세요. 그 영향의 합은 두 배가 되어야 할까요?"
    ),
    "Whose task is it to go downhill, the layer's or the optimizer's?": (
        "내리막으로 가는 것은 계층의 일인가요, 옵티마이저의 일인가요?"
    ),
    "If dout is zero everywhere, what must the gradients be?": (
        "dout이 모두 0이면 기울기들은 무엇이어야 할까요?"
    ),
    "Does the caller's dout hold the same numbers after backward?": (
        "backward 뒤에도 호출한 쪽의 dout은 같은 값을 담고 있나요?"
    ),
    "Does the caller's x hold the same numbers after backward?": (
        "backward 뒤에도 호출한 쪽의 x는 같은 값을 담고 있나요?"
    ),
    "Which object is responsible for changing the weights, and when?": (
        "가중치를 바꾸는 것은 어느 객체의 일이고, 언제 하나요?"
    ),
    "Should W be another one after backward?": "backward 뒤에 W가 달라져 있어야 할까요?",
    "Should b be another one after backward?": "backward 뒤에 b가 달라져 있어야 할까요?",
    "Does the layer's forward give the same output before and after backward?": (
        "backward 앞뒤로 이 계층의 forward는 같은 출력을 내나요?"
    ),
    "Call backward twice with the same dout. Should the stored gradients change?": (
        "같은 dout으로 backward를 두 번 불러 보세요. 저장된 기울기가 달라져야 할까요?"
    ),
    "What is in self.dW when backward is called for the first time?": (
        "backward를 처음 부를 때 self.dW에는 무엇이 들어 있나요?"
    ),
    "Call backward with another dout. Should dW stay?": (
        "다른 dout으로 backward를 불러 보세요. dW가 그대로여야 할까요?"
    ),
    "Call backward twice with the same dout. Should dW change?": (
        "같은 dout으로 backward를 두 번 불러 보세요. dW가 달라져야 할까요?"
    ),
    "Call backward twice with the same dout. Should db change?": (
        "같은 dout으로 backward를 두 번 불러 보세요. db가 달라져야 할까요?"
    ),
    "Does dW belong to the x of the latest forward?": "dW는 가장 최근 forward의 x로 계산되나요?",
    "When the optimizer changes W in place, does your layer notice?": (
        "옵티마이저가 W를 제자리에서 바꾸면 이 계층이 알아차리나요?"
    ),
    "Make two layers. Do they have one dW or two?": "계층을 두 개 만들어 보세요. dW는 하나인가요, 둘인가요?",
    "Which value of forward does backward need again?": "backward는 forward의 어떤 값을 다시 쓰나요?",
    "Is dW built from the layer's input or from its output?": (
        "dW는 계층의 입력으로 만드나요, 출력으로 만드나요?"
    ),
    "forward was given. What did it return when you received it, for an input of zeros for example?": (
        "forward는 주어진 코드입니다. 처음 받았을 때, 예를 들어 입력이 0이면 무엇을 반환했나요?"
    ),
    "Read the last line of the error: which name does it not know, and which ones has the def line?": (
        "오류의 마지막 줄을 읽어 보세요. 모르는 이름은 무엇이고, `def` 줄에는 어떤 이름이 있나요?"
    ),
    "One fault is gone and another one speaks up: what does the new error name?": (
        "오류 하나가 사라지고 다른 오류가 나타났습니다. 새 오류가 가리키는 이름은 무엇인가요?"
    ),
    "Which name does the def line give to the layer, and which ones does the body use?": (
        "`def` 줄은 계층을 어떤 이름으로 받고, 본문은 어떤 이름을 쓰나요?"
    ),
    "The error is gone. Where can an optimizer find dW after backward has ended?": (
        "오류는 사라졌습니다. backward가 끝난 뒤 옵티마이저는 dW를 어디에서 찾나요?"
    ),
    "Has each gradient the shape of the array that it belongs to?": (
        "각 기울기의 형상은 그 기울기가 속한 배열의 형상과 같은가요?"
    ),
    "Restart the kernel and run this cell alone. Which dout does your backward use?": (
        "커널을 재시작하고 이 셀만 실행해 보세요. backward는 어느 dout을 쓰고 있나요?"
    ),
    "Count the samples that your code visits. Which rows of dx are left empty?": (
        "코드가 들르는 샘플의 수를 세어 보세요. dx의 어느 행이 비어 있나요?"
    ),
    "Through how many outputs does one input act, and how many of them does your code visit?": (
        "입력 하나는 몇 개의 출력을 통해 작용하고, 코드는 그중 몇 개에 들르나요?"
    ),
    "One input acts through all outputs. Along which axis do these influences have to be added?": (
        "입력 하나는 모든 출력을 통해 작용합니다. 그 영향들은 어느 축을 따라 더해야 하나요?"
    ),
    "Which axis of your products counts the outputs, and which one is left in dx?": (
        "곱한 결과에서 출력의 수를 나타내는 축은 어느 것이고, dx에 남은 축은 어느 것인가요?"
    ),
    "Can the influence of an input on the loss be negative?": ("입력이 손실에 주는 영향은 음수일 수 있나요?"),
    "Is what you return a gradient, or an input that was moved by one?": (
        "반환하는 것은 기울기인가요, 기울기만큼 옮긴 입력인가요?"
    ),
    "Does reshape put the numbers of W into the same rows and columns as .T does?": (
        "reshape는 W의 수들을 .T와 같은 행과 열에 놓나요?"
    ),
    "Does reshape put the numbers of x into the same rows and columns as .T does?": (
        "reshape는 x의 수들을 .T와 같은 행과 열에 놓나요?"
    ),
    "What becomes of dx when the batch is a single sample?": ("배치에 샘플이 하나뿐이면 dx는 어떻게 되나요?"),
    "How many axes has x, and how many has your dx?": ("x의 축은 몇 개이고, dx의 축은 몇 개인가요?"),
    "How many digits does float32 keep, and how many has dout?": (
        "float32는 몇 자리까지 담고, dout은 몇 자리인가요?"
    ),
    "How many digits does float32 keep, and how many has x?": (
        "float32는 몇 자리까지 담고, x는 몇 자리인가요?"
    ),
    "How many axes has W, how many has your dW, and what does the one too many count?": (
        "W의 축은 몇 개이고 dW의 축은 몇 개인가요? 남는 축은 무엇을 세나요?"
    ),
    "Is what you store a gradient, or weights that were moved by one? Who moves the weights?": (
        "저장하는 것은 기울기인가요, 기울기만큼 옮긴 가중치인가요? 가중치는 누가 옮기나요?"
    ),
    "Is what you store a gradient, or a bias that was moved by one? Who moves the bias?": (
        "저장하는 것은 기울기인가요, 기울기만큼 옮긴 편향인가요? 편향은 누가 옮기나요?"
    ),
    "When dout is doubled, by how much should dW grow? And when x is doubled?": (
        "dout이 두 배가 되면 dW는 몇 배가 되어야 하나요? x가 두 배가 되면요?"
    ),
    "Which array was multiplied by W in forward: x, or dx?": (
        "순전파에서 W에 곱한 배열은 x인가요, dx인가요?"
    ),
    "Did forward multiply W by x itself, or by something else made of it?": (
        "순전파에서 W에 곱한 것은 x 자신인가요, x로 만든 다른 것인가요?"
    ),
    "Does the influence of b go through x?": ("b의 영향은 x를 거쳐 가나요?"),
    "Call backward twice. What does the second call find in self.x?": (
        "backward를 두 번 불러 보세요. 두 번째 호출에서 self.x는 무엇인가요?"
    ),
    "Print the shapes of self.x and self.W before and after backward. Are they the same?": (
        "backward 앞뒤로 self.x와 self.W의 형상을 출력해 보세요. 서로 같은가요?"
    ),
    "Your layer knows the size of a batch. Of which one, and what if the next one is larger?": (
        "계층이 배치의 크기를 기억하고 있습니다. 어느 배치의 크기이고, 다음 배치가 더 크면 어떻게 되나요?"
    ),
    "Two layers go forward one after the other. Whose x does the first one find on its way back?": (
        "두 계층이 차례로 순전파를 합니다. 첫 계층이 역전파에서 만나는 x는 누구의 것인가요?"
    ),
    # ----- momentum -----
    "Which learning rate does an optimizer have that is made without arguments?": (
        "인수 없이 만든 옵티마이저의 학습률은 얼마인가요?"
    ),
    "After one small step, should the loss be higher or lower? Count the minus signs on the way.": (
        "작게 한 걸음 간 뒤 손실은 커져야 하나요, 작아져야 하나요? 도중의 마이너스 부호를 세어 보세요."
    ),
    "Make an optimizer with another lr. Does it take other steps?": (
        "lr이 다른 옵티마이저를 만들어 보세요. 걸음이 달라지나요?"
    ),
    "Which of the two numbers says how much of the velocity is kept?": (
        "두 수 가운데 속도를 얼마나 남길지 정하는 것은 어느 것인가요?"
    ),
    "With no gradient at all, in which direction does the ball roll on?": (
        "기울기가 전혀 없으면 공은 어느 방향으로 계속 굴러가나요?"
    ),
    "On flat ground, which share of the velocity is left after one update?": (
        "평평한 곳에서 한 번 갱신한 뒤 속도는 얼마나 남나요?"
    ),
    "How often is the velocity added in one update?": "한 번의 갱신에서 속도는 몇 번 더해지나요?",
    "If all gradients change their sign, should the first step change its direction?": (
        "모든 기울기의 부호가 바뀌면 첫걸음의 방향도 바뀌어야 할까요?"
    ),
    "If a gradient is twice as large, should the first step be longer?": (
        "기울기가 두 배로 커지면 첫걸음도 길어져야 할까요?"
    ),
    "Does every element roll with its own velocity, or all of an array with the same?": (
        "원소마다 제 속도로 구르나요, 한 배열의 모든 원소가 같은 속도로 구르나요?"
    ),
    "What does the number count that you divide by, and which formula asks for it?": (
        "나누는 그 수는 무엇의 개수이고, 어느 식에 나오나요?"
    ),
    "With a gradient of zero and no velocity, should a parameter move?": (
        "기울기가 0이고 속도도 없으면 매개변수가 움직여야 할까요?"
    ),
    "How fast is the ball before its first push?": "처음 밀기 전에 공은 얼마나 빠른가요?",
    "Make optimizers with another lr and another momentum. Does each of them matter?": (
        "lr과 momentum을 바꾼 옵티마이저들을 만들어 보세요. 두 값이 모두 영향을 주나요?"
    ),
    "Which factors stand in front of the gradient in this course's formula?": (
        "이 강의의 식에서 기울기 앞에는 어떤 인수가 있나요?"
    ),
    "How often does lr act on one gradient?": "기울기 하나에 lr이 몇 번 곱해지나요?",
    "Which part of the velocity does lr act on?": "lr은 속도의 어느 부분에 곱해지나요?",
    "How often is the velocity applied in one step of plain momentum?": (
        "보통의 모멘텀에서는 한 걸음에 속도를 몇 번 적용하나요?"
    ),
    "Which of the two lines of the formula comes first?": "식의 두 줄 가운데 어느 것이 먼저인가요?",
    "Which part of the velocity does the friction act on?": "마찰은 속도의 어느 부분에 작용하나요?",
    "How often does the newest gradient reach the parameter in one step?": (
        "한 걸음에 가장 새로운 기울기는 매개변수에 몇 번 전해지나요?"
    ),
    "Which of the two dicts knows the slope?": "두 딕셔너리 가운데 경사를 아는 것은 어느 것인가요?",
    "Is v a place or a change of place?": "v는 위치인가요, 위치의 변화인가요?",
    "Print the velocity at the beginning of the second update. What should it remember?": (
        "두 번째 갱신이 시작될 때 속도를 출력해 보세요. 무엇을 기억하고 있어야 하나요?"
    ),
    "After three updates, is anything of the first gradient left in v?": (
        "세 번 갱신한 뒤 v에 첫 번째 기울기가 조금이라도 남아 있나요?"
    ),
    "On flat ground, what makes the ball come to rest?": "평평한 곳에서 공을 멈추게 하는 것은 무엇인가요?",
    "Print self.momentum after ten updates. Is it what you passed in?": (
        "열 번 갱신한 뒤 self.momentum을 출력해 보세요. 처음 넘긴 값인가요?"
    ),
    "Print self.lr after ten updates. Is it what you passed in?": (
        "열 번 갱신한 뒤 self.lr을 출력해 보세요. 처음 넘긴 값인가요?"
    ),
    "Do all parameters roll with the same speed?": "모든 매개변수가 같은 속도로 구르나요?",
    "Are the velocities of two parameters two arrays, or two names of one?": (
        "두 매개변수의 속도는 배열 두 개인가요, 한 배열의 두 이름인가요?"
    ),
    "Which parameters differ after the update, and which lines belong to the loop?": (
        "갱신 뒤에 어느 매개변수들이 달라졌고, 어느 줄들이 반복문에 속하나요?"
    ),
    "Which parameters differ after the update, and where does the loop end?": (
        "갱신 뒤에 어느 매개변수들이 달라졌고, 반복문은 어디에서 끝나나요?"
    ),
    "After the first update, has anything moved?": "첫 번째 갱신 뒤에 움직인 것이 있나요?",
    "Which numbers can the dtype of your velocity not hold?": (
        "당신의 속도의 dtype에 담을 수 없는 수는 어떤 수인가요?"
    ),
    "After your update, which array does the caller's dict hold: did any line write into it?": (
        "갱신 뒤에 호출한 쪽의 딕셔너리에는 어떤 배열이 있나요? 그 배열에 값을 쓴 줄이 있나요?"
    ),
    "Which of the two dicts should the step be applied to?": (
        "걸음은 두 딕셔너리 가운데 어느 것에 적용해야 하나요?"
    ),
    "A layer was built with this array. Does it see your change?": (
        "이 배열로 만든 계층이 있습니다. 그 계층이 바뀐 값을 볼 수 있나요?"
    ),
    "After update, does grads hold the same numbers?": "update 뒤에도 grads의 값이 그대로인가요?",
    "Make two optimizers. Do they share a memory?": (
        "옵티마이저를 두 개 만들어 보세요. 기억을 함께 쓰고 있나요?"
    ),
    "Does your optimizer work for a network with other layers?": (
        "이 옵티마이저는 다른 계층을 가진 신경망에서도 동작하나요?"
    ),
    "How do you ask a dict for its keys?": "딕셔너리의 키는 어떻게 얻나요?",
    "What does a loop over a dict hand you: keys, values or both?": (
        "딕셔너리를 반복하면 무엇을 받나요? 키인가요, 값인가요, 둘 다인가요?"
    ),
    "Which kind of thing stands on each side of your operator: an array, or a dict of arrays?": (
        "연산자의 양쪽에는 무엇이 있나요? 배열인가요, 배열의 딕셔너리인가요?"
    ),
    "Which object knows lr, momentum and v, and how does a method ask it?": (
        "lr, momentum, v를 아는 객체는 무엇이고, 메서드는 그것을 어떻게 물어보나요?"
    ),
    "Python hands over the optimizer itself, and the caller two dicts. What does the def line take?": (
        "파이썬은 옵티마이저 자신을, 호출한 쪽은 딕셔너리 두 개를 넘겨줍니다. `def` 줄은 무엇을 받나요?"
    ),
    "What is self.v before the first entry is put into it?": "첫 항목을 넣기 전에 self.v는 무엇인가요?",
    "Which keys does self.v have when the first update asks for one?": (
        "첫 번째 갱신이 값을 찾을 때 self.v에는 어떤 키가 있나요?"
    ),
    "Which names did __init__ give to self?": "__init__은 self에 어떤 이름들을 만들었나요?",
    "Which momentum does an optimizer have that is made without arguments?": (
        "인수 없이 만든 옵티마이저의 momentum은 얼마인가요?"
    ),
    "Which factors stand in front of the gradient in this course's formula, at every update?": (
        "이 수업의 식에서는 갱신할 때마다 기울기 앞에 어떤 인수가 있나요?"
    ),
    "After many equal gradients, how long does this course's velocity become: one step, or several?": (
        "같은 기울기가 여러 번 오면 이 수업의 속도는 얼마나 커지나요? 한 걸음만큼인가요, 여러 걸음만큼인가요?"
    ),
    "Does Momentum collect gradients, or their squares?": (
        "Momentum은 기울기를 모으나요, 기울기의 제곱을 모으나요?"
    ),
    "Which of the two slows down by friction: the place, or the speed?": (
        "마찰로 줄어드는 것은 위치인가요, 속도인가요?"
    ),
    "How does the formula weight old gradients, and how far back does it reach?": (
        "식은 지난 기울기에 어떤 가중치를 주고, 얼마나 먼 과거까지 미치나요?"
    ),
    "Print something in the loop. How often does it appear for one update of one key?": (
        "반복문 안에서 무언가를 출력해 보세요. 키 하나를 한 번 갱신할 때 몇 번 나오나요?"
    ),
    "On flat ground the gradient is zero. Does a rolling ball stop there at once?": (
        "평지에서는 기울기가 0입니다. 구르던 공은 거기서 곧바로 멈추나요?"
    ),
    "Which velocities can your code not reach, and does the formula know such a limit?": (
        "코드가 이를 수 없는 속도는 무엇이고, 식에 그런 한계가 있나요?"
    ),
    "After the second update, has anything moved? Which lines belong to the if?": (
        "두 번째 갱신 뒤에 움직인 것이 있나요? 어느 줄이 if에 속하나요?"
    ),
    "After ten updates, is anything of the first gradient left in v?": (
        "열 번 갱신한 뒤 v에 첫 번째 기울기가 조금이라도 남아 있나요?"
    ),
    "Make two optimizers with different numbers. Which lr does the first one have afterwards?": (
        "서로 다른 수로 옵티마이저를 두 개 만들어 보세요. 그 뒤 첫 번째 것의 lr은 얼마인가요?"
    ),
    # ----- adagrad -----
    "What does the square root make of a negative sum?": "합이 음수이면 제곱근은 무엇이 되나요?",
    "With gradients ten times as large, should the first step change?": (
        "기울기가 열 배로 커지면 첫걸음이 달라져야 할까요?"
    ),
    "After one small step, should the loss be higher or lower?": (
        "작게 한 걸음 간 뒤 손실은 커져야 하나요, 작아져야 하나요?"
    ),
    "When lr is doubled, what happens to the length of your first step?": (
        "lr이 두 배가 되면 첫걸음의 길이는 어떻게 되나요?"
    ),
    "How often does a step reach the parameter in one update?": (
        "한 번의 갱신에서 걸음은 매개변수에 몇 번 전해지나요?"
    ),
    "How often does the newest gradient reach the parameter in one update?": (
        "한 번의 갱신에서 가장 새로운 기울기는 매개변수에 몇 번 전해지나요?"
    ),
    "Should a parameter with a long history of steep slopes take larger steps, or smaller ones?": (
        "가파른 경사를 오래 겪은 매개변수는 걸음이 커져야 하나요, 작아져야 하나요?"
    ),
    "For a negative gradient, in which direction should the parameter move?": (
        "기울기가 음수이면 매개변수는 어느 방향으로 움직여야 하나요?"
    ),
    "At the second update, does the newest gradient's size play a part in your step?": (
        "두 번째 갱신에서 가장 새로운 기울기의 크기가 걸음에 영향을 주나요?"
    ),
    "Which power of the gradient stands in the numerator of the formula?": (
        "식의 분자에는 기울기의 몇 제곱이 있나요?"
    ),
    "Which power of the gradient does the formula collect?": "식은 기울기의 몇 제곱을 모으나요?",
    "Which function undoes squaring?": "제곱을 되돌리는 함수는 무엇인가요?",
    "After many equal gradients, should the steps become smaller or stay as they are?": (
        "같은 기울기가 여러 번 오면 걸음은 작아져야 하나요, 그대로여야 하나요?"
    ),
    "Two gradients of opposite sign: what is in h after both?": (
        "부호가 반대인 기울기가 두 번 왔습니다. 그 뒤 h에는 무엇이 있나요?"
    ),
    "Does AdaGrad remember directions, or only how steep it has been?": (
        "AdaGrad는 방향을 기억하나요, 얼마나 가팔랐는지만 기억하나요?"
    ),
    "With a gradient of zero, should a parameter move?": "기울기가 0이면 매개변수가 움직여야 할까요?",
    "What is in h when you divide by its root for the first time?": (
        "처음으로 h의 제곱근으로 나눌 때 h에는 무엇이 있나요?"
    ),
    "Whose history does h keep: that of the place, or that of the slope?": (
        "h는 무엇의 이력을 담나요? 위치인가요, 경사인가요?"
    ),
    "How often does the first gradient count in h?": "h에서 첫 번째 기울기는 몇 번 더해지나요?",
    "What has been collected before the first gradient?": "첫 번째 기울기 전에 모인 것은 무엇인가요?",
    "Which numbers can the dtype of h not hold?": "h의 dtype에 담을 수 없는 수는 어떤 수인가요?",
    "Is the square taken for each element, or summed over the array?": (
        "제곱은 원소마다 구하나요, 배열 전체에 걸쳐 더하나요?"
    ),
    "Does 'for every parameter' mean for every array or for every element?": (
        "'매개변수별'은 배열마다인가요, 원소마다인가요?"
    ),
    "Does AdaGrad ever forget a gradient?": "AdaGrad가 기울기를 잊는 일이 있나요?",
    "For a gradient of 1e-4, work out the root of the sum and the sum with the root. Are they close?": (
        "기울기가 1e-4일 때 합의 제곱근과, 제곱근에 더한 값을 계산해 보세요. 서로 가까운가요?"
    ),
    "When is a gradient exactly zero, and what does your formula divide then?": (
        "기울기가 정확히 0이 되는 때는 언제이고, 그때 식은 무엇을 무엇으로 나누나요?"
    ),
    "Python divides before it adds. What exactly is divided by what?": (
        "파이썬은 더하기보다 나누기를 먼저 합니다. 정확히 무엇이 무엇으로 나누어지나요?"
    ),
    "Which small number does the docstring name?": "docstring에는 어떤 작은 수가 적혀 있나요?",
    "Which small number does the docstring name, and should it matter for ordinary gradients?": (
        "docstring에는 어떤 작은 수가 적혀 있나요? 보통의 기울기에서도 그 수가 눈에 띄어야 할까요?"
    ),
    "For the tiniest gradients, is your denominator larger or smaller than the root?": (
        "아주 작은 기울기에서 분모는 제곱근보다 큰가요, 작은가요?"
    ),
    "After three updates, which gradients does h know of? Print it at the beginning of each.": (
        "세 번 갱신한 뒤 h는 어느 기울기들을 알고 있나요? 갱신이 시작될 때마다 출력해 보세요."
    ),
    "Which line puts the new sum back into self.h?": "새 합을 self.h에 다시 넣는 줄은 어느 것인가요?",
    "After three equal gradients, is h the same as after one?": (
        "같은 기울기가 세 번 온 뒤의 h는 한 번 온 뒤와 같은가요?"
    ),
    "Is there a factor that makes AdaGrad forget?": "AdaGrad에 잊게 만드는 인수가 있나요?",
    "Do two parameters have the same history?": "두 매개변수의 이력은 같은가요?",
    "Are the histories of two parameters two arrays, or two names of one?": (
        "두 매개변수의 이력은 배열 두 개인가요, 한 배열의 두 이름인가요?"
    ),
    "Print self.lr after one update. Is it still the number that you passed in?": (
        "한 번 갱신한 뒤 self.lr을 출력해 보세요. 처음 넘긴 수 그대로인가요?"
    ),
    "Is what you compute a place, or a change of place?": "계산한 것은 위치인가요, 위치의 변화인가요?",
    "After update, where are the negative entries of grads?": (
        "update 뒤에 grads의 음수 원소들은 어디로 갔나요?"
    ),
    "After update, does grads hold the same numbers? Is g = grads[key] a copy, or a second name?": (
        "update 뒤에도 grads의 값이 그대로인가요? g = grads[key]는 복사본인가요, 두 번째 이름인가요?"
    ),
    "What is self.h before the first entry is put into it?": "첫 항목을 넣기 전에 self.h는 무엇인가요?",
    "Which keys does self.h have when the first update asks for one?": (
        "첫 번째 갱신이 값을 찾을 때 self.h에는 어떤 키가 있나요?"
    ),
    "Which object knows lr and h, and how does a method ask it?": (
        "lr과 h를 아는 객체는 무엇이고, 메서드는 그것을 어떻게 물어보나요?"
    ),
    "Where does sqrt come from, and how do you say so?": "sqrt는 어디에서 오고, 그것을 어떻게 적나요?",
    "Which function takes the root of every element of an array?": (
        "배열의 모든 원소의 제곱근을 구하는 함수는 무엇인가요?"
    ),
    "Which factor stands in front of the square in the formula?": ("식에서 제곱 앞에는 어떤 인수가 있나요?"),
    "At the start of the second update, what is in self.h: a sum of squares, or its root?": (
        "두 번째 갱신을 시작할 때 self.h에 있는 것은 제곱의 합인가요, 그 제곱근인가요?"
    ),
    "If a later gradient is ten times as large, should it count more in h?": (
        "나중에 온 기울기가 열 배 크다면 h에서 더 크게 세어야 할까요?"
    ),
    "One entry of a gradient is zero. Should its neighbours in the array stand still?": (
        "기울기의 원소 하나가 0입니다. 같은 배열의 이웃 원소들도 멈춰 있어야 할까요?"
    ),
    "After ten updates, does h know of all ten gradients?": (
        "열 번 갱신한 뒤 h는 기울기 열 개를 모두 알고 있나요?"
    ),
    "Which averages does this course's formula take, and what stands in its numerator?": (
        "이 수업의 식은 어떤 평균을 내고, 분자에는 무엇이 있나요?"
    ),
    "Take a gradient of 1e-6. What is your denominator, and what is sqrt(h) + 1e-7?": (
        "기울기가 1e-6일 때 당신의 분모는 얼마이고, sqrt(h) + 1e-7은 얼마인가요?"
    ),
    "The small number is there to avoid a division by zero. In which half of the fraction does it help?": (
        "작은 수는 0으로 나누는 것을 막으려고 있습니다. 분수의 어느 쪽에 있어야 도움이 되나요?"
    ),
    "Make two optimizers with different lr. Which lr does the first one have afterwards?": (
        "lr이 다른 옵티마이저를 두 개 만들어 보세요. 그 뒤 첫 번째 것의 lr은 얼마인가요?"
    ),
}
